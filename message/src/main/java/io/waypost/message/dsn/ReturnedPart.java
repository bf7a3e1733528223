package io.waypost.message.dsn;

import io.waypost.message.MessageContent;
import io.waypost.message.header.HeaderBlock;
import java.io.IOException;
import java.io.InputStream;

/** The third part of a notice: the original mail's header, or all of it (RFC 6522 3). */
final class ReturnedPart {

    /** A whole mail is returned up to this size, its header up to {@link #HEADER_LIMIT}. */
    static final int FULL_LIMIT = 256 * 1024;

    static final int HEADER_LIMIT = 32 * 1024;
    private static final int LONGEST_LINE = 998;

    private final String type;
    private final String encoding;
    private final byte[] bytes;

    private ReturnedPart(String type, String encoding, byte[] bytes) {
        this.type = type;
        this.encoding = encoding;
        this.bytes = bytes;
    }

    /** The part's media type. */
    String type() {
        return type;
    }

    /** Its content transfer encoding. */
    String encoding() {
        return encoding;
    }

    /** Encoded, 7-bit. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * Reads what is to be returned.
     *
     * @param full the sender asked for the whole mail (RET=FULL). He gets it when it is not too large and is 7-bit: message/rfc822
     *     may not be encoded (RFC 2046 5.2.1), and an 8-bit notice could not be delivered everywhere.
     */
    static ReturnedPart of(MessageContent original, boolean full) throws IOException {
        if (full && original.size() <= FULL_LIMIT) {
            byte[] bytes = whole(original);
            if (isClean(bytes)) {
                return new ReturnedPart("message/rfc822", "7bit", bytes);
            }
        }
        byte[] header = HeaderBlock.of(original, HEADER_LIMIT).bytes();
        return isClean(header)
                ? new ReturnedPart("text/rfc822-headers", "7bit", header)
                : new ReturnedPart("text/rfc822-headers", "quoted-printable", QuotedPrintable.encode(header));
    }

    private static byte[] whole(MessageContent content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readNBytes(FULL_LIMIT);
        }
    }

    /** Whether bytes may stand in a message without an encoding: 7-bit, no NUL, whole lines of at most 998 (RFC 2045 2.7). */
    static boolean isClean(byte[] bytes) {
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                length = 0;
                i++;
            } else if (b <= 0 || b == '\r' || b == '\n' || ++length > LONGEST_LINE) {
                return false;
            }
        }
        return true;
    }
}
