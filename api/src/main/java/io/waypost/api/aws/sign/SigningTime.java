package io.waypost.api.aws.sign;

import io.waypost.api.aws.AuthenticationException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/**
 * When a request was signed.
 *
 * @param text in ISO 8601 basic form, as it is signed: {@code 20150830T123600Z}
 */
record SigningTime(String text, Instant at) {

    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;

    /** @param text of X-Amz-Date */
    static SigningTime of(String text) throws AuthenticationException {
        try {
            return new SigningTime(text, Instant.from(BASIC.parse(text)));
        } catch (DateTimeException e) {
            throw Faults.incomplete(
                    "Date must be in ISO-8601 'basic format'. Got '%s'. See http://en.wikipedia.org/wiki/ISO_8601"
                            .formatted(Faults.printable(text)));
        }
    }

    /** @param text of Date: the same form, or that of HTTP (RFC 9110 5.6.7) */
    static SigningTime ofHttp(String text) throws AuthenticationException {
        try {
            Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return new SigningTime(basic(at), at);
        } catch (DateTimeException e) {
            return of(text);
        }
    }

    static String basic(Instant at) {
        return BASIC.format(at);
    }

    /** The day, as a scope names it. */
    String date() {
        return text.substring(0, DATE_LENGTH);
    }
}
