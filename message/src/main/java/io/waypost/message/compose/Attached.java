package io.waypost.message.compose;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file that goes with a message.
 *
 * @param fileName as the reader shall see it
 * @param contentType a media type, with parameters or without; where absent, what the name's ending says
 * @param inline shown within the text, not beside it (RFC 2183 2.1)
 * @param contentId how the HTML text names it: {@code cid:ID} (RFC 2392); without angle brackets
 * @param description for people
 * @param encoding as wished; base64 where the bytes do not allow it
 * @param bytes never changed
 */
public record Attached(
        String fileName,
        Optional<String> contentType,
        boolean inline,
        Optional<String> contentId,
        Optional<String> description,
        TransferEncoding encoding,
        byte[] bytes) {

    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`{|}~-]+";
    private static final Pattern MEDIA_TYPE = Pattern.compile(
            TOKEN + "/" + TOKEN + "( *; *" + TOKEN + "=(" + TOKEN + "|\"[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]*\"))*");
    private static final Pattern CONTENT_ID = Pattern.compile("[\\x21-\\x3b\\x3d\\x3f-\\x7e]+");

    /** @throws IllegalArgumentException when the media type or the id is none */
    public Attached {
        if (contentType.isPresent() && !MEDIA_TYPE.matcher(contentType.get()).matches()) {
            throw new IllegalArgumentException("not a media type: " + contentType.get());
        }
        if (contentId.isPresent() && !CONTENT_ID.matcher(contentId.get()).matches()) {
            throw new IllegalArgumentException("not a content id: " + contentId.get());
        }
    }

    /** Whether the HTML text may name it. */
    boolean isNamedByText() {
        return inline && contentId.isPresent();
    }
}
