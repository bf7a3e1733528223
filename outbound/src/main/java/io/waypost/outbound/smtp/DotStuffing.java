package io.waypost.outbound.smtp;

import io.waypost.message.MessageContent;
import io.waypost.message.StatusCode;
import java.io.IOException;
import java.io.InputStream;

/**
 * Puts a message on the wire behind DATA: a dot in front of each line that begins with one, CRLF.CRLF at the end (RFC 5321
 * 4.5.2), every other byte as it is.
 */
final class DotStuffing {

    private static final int BLOCK = 16 * 1024;
    private static final StatusCode BAD_CONTENT = new StatusCode(5, 6, 0);

    private final byte[] block = new byte[BLOCK];
    private int filled;

    /** Takes blocks; a block that the peer does not take in time fails with an IOException. */
    @FunctionalInterface
    interface Sink {
        void write(byte[] bytes, int length) throws IOException;
    }

    /**
     * Writes content and end.
     *
     * @throws RefusedException at a bare CR or LF (RFC 5321 2.3.8): peers that take those for line ends could be made to see the
     *     end of the mail, and another mail behind it. The end has not been written then, so the caller must close the
     *     connection, and the peer drops what it got.
     */
    void write(MessageContent content, Sink sink) throws IOException, RefusedException {
        byte[] buffer = new byte[BLOCK];
        // A line feed is only passed behind a carriage return, so it always ends a line.
        int previous = '\n';
        try (InputStream in = content.open()) {
            int n;
            while ((n = in.read(buffer)) >= 0) {
                for (int i = 0; i < n; i++) {
                    byte b = buffer[i];
                    if ((previous == '\r') != (b == '\n')) {
                        throw new RefusedException(BAD_CONTENT, "the message has a bare CR or LF");
                    }
                    if (b == '.' && previous == '\n') {
                        put((byte) '.', sink);
                    }
                    put(b, sink);
                    previous = b;
                }
            }
        }
        if (previous == '\r') {
            throw new RefusedException(BAD_CONTENT, "the message has a bare CR or LF");
        }
        if (previous != '\n') {
            put((byte) '\r', sink);
            put((byte) '\n', sink);
        }
        put((byte) '.', sink);
        put((byte) '\r', sink);
        put((byte) '\n', sink);
        sink.write(block, filled);
        filled = 0;
    }

    private void put(byte b, Sink sink) throws IOException {
        if (filled == BLOCK) {
            sink.write(block, filled);
            filled = 0;
        }
        block[filled++] = b;
    }
}
