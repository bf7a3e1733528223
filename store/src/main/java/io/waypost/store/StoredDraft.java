package io.waypost.store;

import io.waypost.message.MessageId;
import io.waypost.message.port.Draft;
import io.waypost.message.port.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A draft: in memory while it is small and there is memory, otherwise in a file of its own. Moves from the first to the
 * second by itself, never back. The checksum grows with the bytes, so that nothing is read twice.
 */
final class StoredDraft implements Draft {

    private static final int FIRST_CHUNK = 8 * 1024;
    private static final int LARGEST_CHUNK = 128 * 1024;

    private final DraftMemory memory;
    private final OwnFiles ownFiles;
    private final Space space;
    private final int threshold;
    private final CRC32C crc = new CRC32C();
    private final List<byte[]> chunks = new ArrayList<>(2);
    private int usedOfLastChunk;
    // Memory that was granted for the next chunk, which is made when the last one is full.
    private int grantedChunk;
    private long takenMemory;
    private long size;
    private @Nullable DraftFile file;
    private boolean failed;
    private boolean spent;

    StoredDraft(DraftMemory memory, OwnFiles ownFiles, Space space, int threshold, long expectedBytes)
            throws IOException {
        this.memory = memory;
        this.ownFiles = ownFiles;
        this.space = space;
        this.threshold = threshold;
        if (expectedBytes > threshold) {
            file = createFile();
        } else if (expectedBytes > 0 && memory.tryTake(chunkFor(expectedBytes))) {
            addChunk(chunkFor(expectedBytes));
        }
    }

    // What the peer declares is a hint: it may make the first chunk fit, not large.
    private static int chunkFor(long expectedBytes) {
        return (int) Math.min(expectedBytes, LARGEST_CHUNK);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (failed || spent) {
            throw new StoreUnavailableException(false, "this draft takes nothing more");
        }
        try {
            if (file == null && !fitsInMemory(length)) {
                moveToFile();
            }
            if (file != null) {
                file.write(bytes, offset, length);
            } else {
                writeToMemory(bytes, offset, length);
            }
        } catch (IOException e) {
            failed = true;
            throw Space.unavailable("a draft cannot be written", e);
        }
        crc.update(bytes, offset, length);
        size += length;
    }

    private boolean fitsInMemory(int length) {
        if (size + length > threshold) {
            return false;
        }
        int room = chunks.isEmpty() ? 0 : chunks.getLast().length - usedOfLastChunk;
        if (length <= room) {
            return true;
        }
        // Doubling keeps the chunks few; the rest of the last chunk is used first.
        long wanted = Math.max(length - room, Math.clamp(size, FIRST_CHUNK, LARGEST_CHUNK));
        int chunk = (int) Math.min(wanted, Math.max(threshold - size - room, length - room));
        if (!memory.tryTake(chunk)) {
            return false;
        }
        grantedChunk = chunk;
        return true;
    }

    private void addChunk(int length) {
        takenMemory += length;
        chunks.add(new byte[length]);
        usedOfLastChunk = 0;
    }

    private void writeToMemory(byte[] bytes, int offset, int length) {
        int done = 0;
        if (!chunks.isEmpty()) {
            byte[] last = chunks.getLast();
            done = Math.min(length, last.length - usedOfLastChunk);
            System.arraycopy(bytes, offset, last, usedOfLastChunk, done);
            usedOfLastChunk += done;
        }
        if (done < length) {
            addChunk(grantedChunk);
            grantedChunk = 0;
            System.arraycopy(bytes, offset + done, chunks.getLast(), 0, length - done);
            usedOfLastChunk = length - done;
        }
    }

    private DraftFile createFile() throws IOException {
        space.require(0);
        OwnFiles.Created created = ownFiles.create();
        return new DraftFile(created.number(), created.file());
    }

    private void moveToFile() throws IOException {
        DraftFile target = createFile();
        file = target;
        for (ByteBuffer part : inMemory()) {
            target.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
        }
        forgetMemory();
    }

    private void forgetMemory() {
        chunks.clear();
        memory.giveBack(takenMemory + grantedChunk);
        takenMemory = 0;
        grantedChunk = 0;
    }

    /** The bytes, when they are in memory. */
    List<ByteBuffer> inMemory() {
        List<ByteBuffer> parts = new ArrayList<>(chunks.size());
        for (int i = 0; i < chunks.size(); i++) {
            byte[] chunk = chunks.get(i);
            boolean last = i == chunks.size() - 1;
            parts.add(ByteBuffer.wrap(chunk, 0, last ? usedOfLastChunk : chunk.length));
        }
        return parts;
    }

    /** Whether the bytes are in a file already. */
    boolean inFile() {
        return file != null;
    }

    int bodyCrc() {
        return (int) crc.getValue();
    }

    /** Refuses a draft that failed or was used already. */
    void requireUsable() throws StoreUnavailableException {
        if (failed || spent) {
            throw new StoreUnavailableException(false, "this draft failed before, or was committed already");
        }
    }

    /**
     * Puts the trace fields in front of the bytes in the file and makes both durable, and the file's name with them. Runs on
     * the committing thread, so that many such drafts sync side by side.
     */
    Location finishFile(MessageId id, byte[] head) throws IOException {
        DraftFile used = file;
        if (used == null) {
            throw new IllegalStateException("this draft is in memory");
        }
        try {
            Location location = used.finish(id, head, size, bodyCrc());
            ownFiles.syncFolder();
            return location;
        } catch (IOException e) {
            failed = true;
            throw Space.unavailable("a mail's file cannot be made durable", e);
        }
    }

    /** The bytes belong to the store now: closing the draft forgets nothing any more. */
    void spend() {
        spent = true;
        forgetMemory();
        if (file != null) {
            file.closeQuietly();
            file = null;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        if (spent || failed) {
            throw new IOException("this draft's bytes are no longer here");
        }
        return file != null ? file.open(size) : new ChunkStream(inMemory());
    }

    @Override
    public void transferTo(WritableByteChannel target) throws IOException {
        if (file != null) {
            Draft.super.transferTo(target);
            return;
        }
        for (ByteBuffer part : inMemory()) {
            while (part.hasRemaining()) {
                target.write(part);
            }
        }
    }

    @Override
    public void close() {
        if (spent) {
            return;
        }
        spent = true;
        forgetMemory();
        if (file != null) {
            file.closeQuietly();
            try {
                ownFiles.delete(file.number());
            } catch (IOException e) {
                // An orphan: the next start deletes it.
                failed = true;
            }
            file = null;
        }
    }
}
