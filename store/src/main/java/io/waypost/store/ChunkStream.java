package io.waypost.store;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;

/** A stream over a draft in memory. */
final class ChunkStream extends InputStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Iterator<ByteBuffer> rest;
    private ByteBuffer current = NOTHING;

    ChunkStream(List<ByteBuffer> parts) {
        this.rest = parts.iterator();
    }

    private boolean atEnd() {
        while (!current.hasRemaining()) {
            if (!rest.hasNext()) {
                return true;
            }
            current = rest.next();
        }
        return false;
    }

    @Override
    public int read() {
        return atEnd() ? -1 : current.get() & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (atEnd()) {
            return -1;
        }
        int n = Math.min(length, current.remaining());
        current.get(target, offset, n);
        return n;
    }

    @Override
    public int available() {
        return current.remaining();
    }
}
