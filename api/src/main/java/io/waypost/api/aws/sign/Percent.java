package io.waypost.api.aws.sign;

import io.waypost.api.aws.AuthenticationException;

/** Percent-encoding as signatures have it (RFC 3986 2.1, 2.3): of every byte that is not unreserved, in upper-case hex. */
final class Percent {

    private static final String HEX = "0123456789ABCDEF";

    private Percent() {}

    /**
     * Encodes text of which each character stands for one byte.
     *
     * @param kept characters that stay beside the unreserved ones
     */
    static String encode(String bytes, String kept) {
        StringBuilder encoded = new StringBuilder(bytes.length() + 16);
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            if (isUnreserved(c) || kept.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt((c >> 4) & 0xF)).append(HEX.charAt(c & 0xF));
            }
        }
        return encoded.toString();
    }

    /**
     * Decodes a name or value of a query, where a plus is a space as in forms.
     *
     * @return text of which each character stands for one byte
     */
    static String decode(String encoded) throws AuthenticationException {
        StringBuilder bytes = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.append(escaped(encoded, i));
                i += 2;
            } else {
                bytes.append(c == '+' ? ' ' : c);
            }
        }
        return bytes.toString();
    }

    private static char escaped(String encoded, int at) throws AuthenticationException {
        if (at + 2 >= encoded.length()) {
            throw Faults.incomplete("Incomplete trailing escape % sequence");
        }
        int high = Character.digit(encoded.charAt(at + 1), 16);
        int low = Character.digit(encoded.charAt(at + 2), 16);
        if (high < 0 || low < 0) {
            throw Faults.incomplete("Illegal hex characters in escape (%) pattern");
        }
        return (char) (high << 4 | low);
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
