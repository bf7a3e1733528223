package io.waypost.outbound.tracking;

import java.io.IOException;
import java.io.InputStream;

/** A stream line by line, long lines in pieces. For one thread. */
final class LinePieces {

    private static final int SIZE = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[SIZE];
    private int limit;
    private int lastRead;
    private int begin;
    private int end;
    private boolean again;
    private boolean lineStart = true;
    private boolean nextIsLineStart = true;

    LinePieces(InputStream in) {
        this.in = in;
    }

    /** Goes on to the next piece, or stays at this one once after {@link #again}; false at the end of the stream. */
    boolean next() throws IOException {
        if (again) {
            again = false;
            return true;
        }
        begin = end;
        lineStart = nextIsLineStart;
        int scanned = begin;
        while (true) {
            for (int i = scanned; i < limit; i++) {
                if (buffer[i] == '\n') {
                    end = i + 1;
                    nextIsLineStart = true;
                    return true;
                }
            }
            if (limit - begin == SIZE || !fill()) {
                end = limit;
                nextIsLineStart = false;
                return end > begin;
            }
            scanned = limit - lastRead;
        }
    }

    private boolean fill() throws IOException {
        if (begin > 0) {
            System.arraycopy(buffer, begin, buffer, 0, limit - begin);
            limit -= begin;
            begin = 0;
        }
        lastRead = in.read(buffer, limit, SIZE - limit);
        if (lastRead <= 0) {
            lastRead = 0;
            return false;
        }
        limit += lastRead;
        return true;
    }

    /** The next call of {@link #next} tells this piece once more. */
    void again() {
        again = true;
    }

    /** Whether the piece begins a line. */
    boolean isLineStart() {
        return lineStart;
    }

    byte[] buffer() {
        return buffer;
    }

    int offset() {
        return begin;
    }

    int length() {
        return end - begin;
    }
}
