package io.waypost.store;

import io.waypost.message.MessageId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The file of a draft that is not in memory. */
final class DraftFile {

    private static final int BUFFER = 32 * 1024;

    private final long number;
    private final DiskFile file;
    // Small writes are gathered; large ones go straight through.
    private @Nullable ByteBuffer pending;
    private long written = OwnFiles.RESERVE;

    DraftFile(long number, DiskFile file) {
        this.number = number;
        this.file = file;
    }

    long number() {
        return number;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        if (length < BUFFER / 2) {
            if (pending == null) {
                pending = ByteBuffer.allocate(BUFFER);
            }
            if (pending.remaining() < length) {
                flush();
            }
            pending.put(bytes, offset, length);
            return;
        }
        flush();
        put(ByteBuffer.wrap(bytes, offset, length));
    }

    private synchronized void flush() throws IOException {
        if (pending != null && pending.position() > 0) {
            pending.flip();
            put(pending);
            pending.clear();
        }
    }

    private void put(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        file.write(bytes, written);
        written += length;
    }

    Location finish(MessageId id, byte[] head, long size, int bodyCrc) throws IOException {
        flush();
        int headCrc = SegmentRecord.crc(head);
        ByteBuffer front = ByteBuffer.allocate(SegmentRecord.HEADER + head.length);
        SegmentRecord.writeHeader(front, id, head.length, size, headCrc, bodyCrc);
        front.put(head).flip();
        file.write(front, OwnFiles.RESERVE - front.limit());
        file.force();
        return new Location(number, true, OwnFiles.RESERVE - head.length, head.length, size, headCrc, bodyCrc);
    }

    /** A stream over what was written so far. */
    InputStream open(long size) throws IOException {
        flush();
        return new FileStream(file, OwnFiles.RESERVE, size);
    }

    /** A stream that appends here; closing it closes nothing. */
    OutputStream asStream() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                DraftFile.this.write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                DraftFile.this.write(bytes, offset, length);
            }
        };
    }

    void closeQuietly() {
        pending = null;
        try {
            file.close();
        } catch (IOException e) {
            // Nothing hangs on it: what counts was forced before.
            pending = null;
        }
    }
}
