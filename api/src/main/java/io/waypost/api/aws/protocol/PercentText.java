package io.waypost.api.aws.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoded text (RFC 3986 2.1), and its kin in forms, where a plus sign is a space. */
public final class PercentText {

    private PercentText() {}

    /**
     * A part of a path or of a query.
     *
     * @throws RefusedException when it has octets that stand there encoded only, or the encoding is broken
     */
    public static String ofUri(String text, boolean plusIsSpace) throws RefusedException {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                throw broken();
            }
        }
        return decode(text, plusIsSpace);
    }

    /** A part of a form: what needs no encoding to be understood may stand there without. */
    public static String ofForm(String text) throws RefusedException {
        return decode(text, true);
    }

    private static String decode(String text, boolean plusIsSpace) throws RefusedException {
        int percent = text.indexOf('%');
        String spaced = plusIsSpace ? text.replace('+', ' ') : text;
        if (percent < 0) {
            return spaced;
        }
        byte[] octets = spaced.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '%') {
                if (i + 2 >= octets.length) {
                    throw broken();
                }
                out.write(digit(octets[i + 1]) << 4 | digit(octets[i + 2]));
                i += 2;
            } else {
                out.write(octets[i]);
            }
        }
        byte[] decoded = out.toByteArray();
        return Utf8.decode(decoded, 0, decoded.length);
    }

    private static int digit(byte octet) throws RefusedException {
        int digit = Character.digit((char) (octet & 0xFF), 16);
        if (digit < 0) {
            throw broken();
        }
        return digit;
    }

    private static RefusedException broken() {
        return new RefusedException(Fault.MALFORMED, "The request has a broken percent-encoding");
    }
}
