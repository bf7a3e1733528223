package io.waypost.message.dsn;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The quoted-printable encoding of lines ended by CRLF (RFC 2045 6.7). */
public final class QuotedPrintable {

    // RFC 2045 6.7 (5): 76 characters, the soft break's "=" included.
    private static final int LONGEST = 75;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SOFT_BREAK = {'=', '\r', '\n'};

    private QuotedPrintable() {}

    /** Encodes; CRLF stays a line end, a bare CR or LF becomes data. */
    public static byte[] encode(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + bytes.length / 4 + 16);
        int column = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (isLineEnd(bytes, i)) {
                out.write('\r');
                out.write('\n');
                column = 0;
                i++;
                continue;
            }
            boolean plain = isPlain(b) || (isBlank(b) && i + 1 < bytes.length && !isLineEnd(bytes, i + 1));
            if (column + (plain ? 1 : 3) > LONGEST) {
                out.writeBytes(SOFT_BREAK);
                column = 0;
            }
            if (plain) {
                out.write(b);
                column++;
            } else {
                out.write('=');
                out.write(HEX[b >> 4 & 15]);
                out.write(HEX[b & 15]);
                column += 3;
            }
        }
        return out.toByteArray();
    }

    private static boolean isPlain(byte b) {
        return b > ' ' && b < 0x7f && b != '=';
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isLineEnd(byte[] bytes, int at) {
        return at + 1 < bytes.length && bytes[at] == '\r' && bytes[at + 1] == '\n';
    }
}
