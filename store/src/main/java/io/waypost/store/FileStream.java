package io.waypost.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A buffered stream over a stretch of a file; subclasses may look at each buffer before any of it is handed out. */
class FileStream extends InputStream {

    private static final int BUFFER = 64 * 1024;

    private final DiskFile file;
    private final byte[] buffer;
    private long position;
    private long left;
    private int at;
    private int limit;

    FileStream(DiskFile file, long position, long length) {
        this.file = file;
        this.position = position;
        this.left = length;
        this.buffer = new byte[(int) Math.min(BUFFER, length)];
    }

    /** Called with each piece before it is handed out. */
    void inspect(byte[] bytes, int length, boolean last) throws IOException {}

    private boolean fill() throws IOException {
        if (at < limit) {
            return true;
        }
        if (left == 0) {
            return false;
        }
        int wanted = (int) Math.min(buffer.length, left);
        ByteBuffer target = ByteBuffer.wrap(buffer, 0, wanted);
        while (target.hasRemaining()) {
            if (file.read(target, position + target.position()) < 0) {
                throw new EOFException("content ends early");
            }
        }
        inspect(buffer, wanted, left == wanted);
        position += wanted;
        left -= wanted;
        at = 0;
        limit = wanted;
        return true;
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int n = Math.min(length, limit - at);
        System.arraycopy(buffer, at, target, offset, n);
        at += n;
        return n;
    }

    @Override
    public int available() {
        return limit - at;
    }

    /** Everything that is left, piece by piece, without another copy. */
    void drainTo(PieceConsumer consumer) throws IOException {
        while (fill()) {
            consumer.accept(ByteBuffer.wrap(buffer, at, limit - at));
            at = limit;
        }
    }

    /** Takes one piece. */
    interface PieceConsumer {
        void accept(ByteBuffer piece) throws IOException;
    }
}
