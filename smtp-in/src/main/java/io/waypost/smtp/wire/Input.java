package io.waypost.smtp.wire;

import java.io.IOException;
import java.util.Arrays;

/**
 * The session's input buffer: small while commands are awaited, a large one from the pool while content streams through. Used
 * by the session's thread only.
 */
public final class Input implements AutoCloseable {

    /** Octets of the small buffer; one command line with its CRLF fits. */
    static final int SMALL = 2048;

    private final Source source;
    private final Output output;
    private final BufferPool pool;
    private final byte[] small = new byte[SMALL];

    private boolean large;

    byte[] octets = small;
    int position;
    int limit;

    public Input(Source source, Output output, BufferPool pool) {
        this.source = source;
        this.output = output;
        this.pool = pool;
    }

    /** Whether octets were read that nobody has consumed. */
    public boolean hasBuffered() {
        return position < limit;
    }

    /** Consumes all that was read. */
    public byte[] takeBuffered() {
        byte[] taken = Arrays.copyOfRange(octets, position, limit);
        position = limit;
        return taken;
    }

    /** Takes a large buffer, for content. */
    void enlarge() {
        if (!large) {
            large = true;
            octets = pool.borrow();
            limit -= position;
            System.arraycopy(small, position, octets, 0, limit);
            position = 0;
        }
    }

    /** Goes back to the small buffer as soon as the large one is empty. */
    void shrink() {
        if (large && position == limit) {
            large = false;
            pool.giveBack(octets);
            octets = small;
            position = 0;
            limit = 0;
        }
    }

    /**
     * Reads more behind what is there, which moves to the front when room gets scarce. Gathered replies are sent first: the
     * peer may be waiting for them.
     *
     * @return how many octets came, at least 1
     * @throws EndedException when no more will come
     */
    int fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = 0;
        } else if (limit > octets.length / 2) {
            limit -= position;
            System.arraycopy(octets, position, octets, 0, limit);
            position = 0;
        }
        output.flush();
        int count = source.read(octets, limit, octets.length - limit);
        if (count < 0) {
            throw new EndedException();
        }
        limit += count;
        return count;
    }

    /**
     * Reads exactly {@code length} octets.
     *
     * @throws EndedException when fewer come
     */
    public void readFully(byte[] target, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (position == limit) {
                fill();
            }
            int count = Math.min(length - done, limit - position);
            System.arraycopy(octets, position, target, offset + done, count);
            position += count;
            done += count;
        }
    }

    /** Gives the large buffer back. */
    @Override
    public void close() {
        position = limit;
        shrink();
    }
}
