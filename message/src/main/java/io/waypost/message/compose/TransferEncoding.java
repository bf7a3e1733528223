package io.waypost.message.compose;

import io.waypost.message.dsn.QuotedPrintable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How bytes travel (RFC 2045 6). */
public enum TransferEncoding {
    SEVEN_BIT("7bit"),
    QUOTED_PRINTABLE("quoted-printable"),
    BASE64("base64");

    // RFC 5322 2.1.1.
    private static final int LONGEST_LINE = 998;
    private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final String word;

    TransferEncoding(String word) {
        this.word = word;
    }

    /** As it stands in the header. */
    String word() {
        return word;
    }

    /** The shortest that carries a text: as it is, else quoted-printable while most of it stays readable, else base64. */
    static TransferEncoding of(byte[] text) {
        if (isSevenBit(text)) {
            return SEVEN_BIT;
        }
        int beyond = 0;
        for (byte b : text) {
            beyond += b < 0 ? 1 : 0;
        }
        return beyond <= text.length / 3 ? QUOTED_PRINTABLE : BASE64;
    }

    byte[] encode(byte[] bytes) {
        return switch (this) {
            case SEVEN_BIT -> bytes;
            case QUOTED_PRINTABLE -> QuotedPrintable.encode(bytes);
            case BASE64 -> Base64.getMimeEncoder(76, CRLF).encode(bytes);
        };
    }

    /** RFC 2045 2.7: lines of at most 998 octets ended by CRLF, no NUL, nothing beyond ASCII. */
    static boolean isSevenBit(byte[] bytes) {
        int column = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                column = 0;
                i++;
            } else if (b <= 0 || b == '\r' || b == '\n' || ++column > LONGEST_LINE) {
                return false;
            }
        }
        return true;
    }
}
