package io.waypost.api.sending;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.compose.Composition;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Content, of both APIs: a text and the charset that it is to be sent in. */
record Content(String data, @Nullable String charset) {

    /** Body. */
    record Body(@Nullable Content text, @Nullable Content html) {

        Optional<Composition.Text> plainText() throws ServiceException {
            return text == null ? Optional.empty() : Optional.of(text.text());
        }

        Optional<Composition.Text> htmlText() throws ServiceException {
            return html == null ? Optional.empty() : Optional.of(html.text());
        }
    }

    private Composition.Text text() throws ServiceException {
        if (charset == null || charset.isBlank()) {
            return new Composition.Text(data, StandardCharsets.UTF_8);
        }
        try {
            return new Composition.Text(data, Charset.forName(charset));
        } catch (IllegalArgumentException e) {
            throw ServiceException.invalidParameter("Invalid charset<" + charset + ">.");
        }
    }
}
