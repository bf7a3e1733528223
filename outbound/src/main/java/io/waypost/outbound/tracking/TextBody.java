package io.waypost.outbound.tracking;

import io.waypost.message.dsn.QuotedPrintable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The body of a text part, its transfer encoding taken off and put on again (RFC 2045 6). */
final class TextBody {

    // RFC 5322 2.1.1: longer lines need not be carried by anybody.
    private static final int LONGEST_LINE = 998;

    private TextBody() {}

    /**
     * A part as it is written.
     *
     * @param encoding its transfer encoding where that is another than before
     */
    record Encoded(byte[] bytes, Optional<String> encoding) {}

    /** The text; empty when it is encoded in another way, or badly. */
    static Optional<byte[]> decode(String encoding, byte[] body) {
        return switch (encoding) {
            case "7bit", "8bit", "binary", "" -> Optional.of(body);
            case "quoted-printable" -> QuotedPrintableText.decode(body);
            case "base64" -> base64(body);
            default -> Optional.empty();
        };
    }

    private static Optional<byte[]> base64(byte[] body) {
        byte[] bare = new byte[body.length];
        int length = 0;
        for (byte octet : body) {
            if (octet > ' ' || octet < 0) {
                bare[length++] = octet;
            }
        }
        try {
            return Optional.of(Base64.getDecoder().decode(Arrays.copyOf(bare, length)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Encodes as before; a text whose lines have become too long is quoted-printable from now on. */
    static Encoded encode(String encoding, byte[] text, byte[] before) {
        return switch (encoding) {
            case "base64" -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream(text.length * 3 / 2);
                out.writeBytes(Base64.getMimeEncoder().encode(text));
                int end = before.length;
                while (end > 0 && before[end - 1] <= ' ' && before[end - 1] >= 0) {
                    end--;
                }
                out.write(before, end, before.length - end);
                yield new Encoded(out.toByteArray(), Optional.empty());
            }
            case "quoted-printable" -> new Encoded(QuotedPrintable.encode(text), Optional.empty());
            default ->
                hasLongLine(text)
                        ? new Encoded(QuotedPrintable.encode(withLineEnds(text)), Optional.of("quoted-printable"))
                        : new Encoded(text, Optional.empty());
        };
    }

    private static boolean hasLongLine(byte[] text) {
        int column = 0;
        for (byte octet : text) {
            column = octet == '\n' || octet == '\r' ? 0 : column + 1;
            if (column > LONGEST_LINE) {
                return true;
            }
        }
        return false;
    }

    // As sending does it with what is not encoded.
    private static byte[] withLineEnds(byte[] text) {
        return new String(text, StandardCharsets.ISO_8859_1)
                .replaceAll("\r\n|\r|\n", "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
