package io.waypost.message.dkim;

import java.util.Arrays;

/** Canonical forms of one header field. */
final class CanonicalField {

    private CanonicalField() {}

    /** RFC 6376 3.4.1. Only the last field of a header that ends without a line end gets one. */
    static byte[] simple(byte[] field) {
        if (field.length >= 2 && field[field.length - 2] == '\r' && field[field.length - 1] == '\n') {
            return field;
        }
        byte[] ended = Arrays.copyOf(field, field.length + 2);
        ended[field.length] = '\r';
        ended[field.length + 1] = '\n';
        return ended;
    }

    /** RFC 6376 3.4.2. */
    static byte[] relaxed(byte[] field) {
        byte[] out = new byte[field.length + 2];
        int colon = 0;
        while (colon < field.length && field[colon] != ':') {
            colon++;
        }
        int length = 0;
        for (int i = 0; i < colon; i++) {
            byte octet = field[i];
            out[length++] = octet >= 'A' && octet <= 'Z' ? (byte) (octet + 'a' - 'A') : octet;
        }
        while (length > 0 && isBlank(out[length - 1])) {
            length--;
        }
        if (colon < field.length) {
            out[length++] = ':';
        }
        int value = length;
        boolean blank = false;
        for (int i = colon + 1; i < field.length; i++) {
            byte octet = field[i];
            if (octet == '\r' && i + 1 < field.length && field[i + 1] == '\n') {
                i++; // Unfolded; what follows is a blank or nothing.
            } else if (isBlank(octet)) {
                blank = true;
            } else {
                if (blank && length > value) {
                    out[length++] = ' ';
                }
                blank = false;
                out[length++] = octet;
            }
        }
        out[length++] = '\r';
        out[length++] = '\n';
        return Arrays.copyOf(out, length);
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
