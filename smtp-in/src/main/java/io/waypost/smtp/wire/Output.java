package io.waypost.smtp.wire;

import io.waypost.message.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Replies, gathered until the session has to wait for the peer (RFC 2920 3.2), then written at once. Used by the session's
 * thread only.
 */
public final class Output {

    /** RFC 5321 4.5.3.1.5, with the CRLF. */
    private static final int LINE = 512;

    /** Takes octets to the peer. */
    @FunctionalInterface
    public interface Target {
        void write(byte[] octets, int offset, int length) throws IOException;
    }

    private final Target target;
    private final byte[] octets = new byte[2 * LINE];
    private int size;

    public Output(Target target) {
        this.target = target;
    }

    /**
     * Gathers a reply.
     *
     * @param utf8 whether the peer may be shown UTF-8 (RFC 6531 3.7.4.1); otherwise other characters become question marks
     */
    public void reply(Reply reply, boolean utf8) throws IOException {
        line(reply.toString(), utf8);
    }

    /** Gathers one ASCII line that carries no enhanced status code: greeting, EHLO answer, 354. */
    public void line(String text) throws IOException {
        line(text, false);
    }

    private void line(String text, boolean utf8) throws IOException {
        byte[] line = text.getBytes(utf8 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII);
        int length = line.length;
        if (length > LINE - 2) {
            length = LINE - 2;
            // Never cut within a UTF-8 sequence.
            while ((line[length] & 0xC0) == 0x80) {
                length--;
            }
        }
        if (size + length + 2 > octets.length) {
            flush();
        }
        System.arraycopy(line, 0, octets, size, length);
        size += length;
        octets[size++] = Octets.CR;
        octets[size++] = Octets.LF;
    }

    /** Sends what was gathered. */
    public void flush() throws IOException {
        if (size > 0) {
            int length = size;
            size = 0;
            target.write(octets, 0, length);
        }
    }
}
