package io.waypost.api.receiving;

import io.waypost.api.aws.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where the next page of a list begins: behind a name, in a form that no caller should take apart. */
final class PageToken {

    private PageToken() {}

    static String write(String lastName) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(lastName.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ServiceException when nothing here wrote it */
    static String read(String token) throws ServiceException {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ServiceException.invalidParameter("Not a valid nextToken: " + token);
        }
    }
}
