package io.waypost.outbound.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads replies, and no more than a hostile peer may make one read: a line and a number of lines at most. The buffer is its own,
 * so that bytes that came too early can be noticed.
 */
final class ReplyReader {

    // RFC 5321 4.5.3.1.5 says 512 octets; peers with longer texts exist and do no harm.
    private static final int LONGEST_LINE = 2048;
    private static final int MOST_LINES = 128;

    private final InputStream in;
    private final byte[] buffer = new byte[4096];
    private int position;
    private int end;

    ReplyReader(InputStream in) {
        this.in = in;
    }

    /** Whether the peer has said more than was asked for so far. */
    boolean hasMore() throws IOException {
        return position < end || in.available() > 0;
    }

    /**
     * Reads one reply of one or more lines.
     *
     * @throws NotNowException when this is no SMTP reply
     * @throws EOFException when the peer closed the connection
     */
    PeerReply read() throws IOException {
        List<String> texts = new ArrayList<>();
        int code = 0;
        while (true) {
            String line = line();
            int found = code(line);
            if (code != 0 && code != found) {
                throw new NotNowException("a reply with two codes: " + code + " and " + found);
            }
            code = found;
            texts.add(line.length() > 4 ? line.substring(4) : "");
            if (line.length() == 3 || line.charAt(3) == ' ') {
                return new PeerReply(code, texts);
            }
            if (texts.size() == MOST_LINES) {
                throw new NotNowException("a reply of more than " + MOST_LINES + " lines");
            }
        }
    }

    private static int code(String line) throws NotNowException {
        boolean wellFormed = line.length() >= 3
                && line.charAt(0) >= '2'
                && line.charAt(0) <= '5'
                && isDigit(line.charAt(1))
                && isDigit(line.charAt(2))
                && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
        if (!wellFormed) {
            throw new NotNowException(
                    "not an SMTP reply: " + (line.length() <= 80 ? line : line.substring(0, 80) + "..."));
        }
        return Integer.parseInt(line.substring(0, 3));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        while (true) {
            if (position == end) {
                end = Math.max(0, in.read(buffer));
                position = 0;
                if (end == 0) {
                    throw new EOFException("the peer closed the connection");
                }
            }
            byte b = buffer[position++];
            if (b == '\n') {
                return line.toString();
            }
            if (line.length() == LONGEST_LINE) {
                throw new NotNowException("a reply line of more than " + LONGEST_LINE + " characters");
            }
            if (b != '\r') {
                line.append(b >= ' ' && b < 0x7f ? (char) b : '?');
            }
        }
    }
}
