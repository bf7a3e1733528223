package io.waypost.outbound.tracking;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Reads quoted-printable text (RFC 2045 6.7) strictly: what is not understood to the last octet is not written again. */
final class QuotedPrintableText {

    private QuotedPrintableText() {}

    /** The text, its line ends CR LF; empty when an equals sign means nothing. */
    static Optional<byte[]> decode(byte[] encoded) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(encoded.length);
        int line = 0;
        while (line < encoded.length) {
            int end = line;
            while (end < encoded.length && encoded[end] != '\n') {
                end++;
            }
            boolean ended = end < encoded.length;
            int next = end + 1;
            // RFC 2045 6.7 (3): blanks at the end of a line were put there on the way.
            while (end > line && isBlank(encoded[end - 1])) {
                end--;
            }
            boolean soft = end > line && encoded[end - 1] == '=';
            if (!line(encoded, line, soft ? end - 1 : end, out)) {
                return Optional.empty();
            }
            if (ended && !soft) {
                out.write('\r');
                out.write('\n');
            }
            line = next;
        }
        return Optional.of(out.toByteArray());
    }

    private static boolean line(byte[] encoded, int from, int to, ByteArrayOutputStream out) {
        for (int i = from; i < to; i++) {
            if (encoded[i] != '=') {
                out.write(encoded[i]);
                continue;
            }
            int high = i + 2 < to ? Character.digit(encoded[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(encoded[i + 2], 16) : -1;
            if (low < 0) {
                return false;
            }
            out.write(high << 4 | low);
            i += 2;
        }
        return true;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r';
    }
}
