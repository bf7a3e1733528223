package io.waypost.store;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A segment file: many contents one behind the other. It is written by the writer thread while it is active, then read only,
 * and used again when no row points into it and nobody reads from it. Each use is a generation, so that a reader who comes
 * late is refused instead of reading another mail's bytes.
 */
final class Segment {

    /** Where a segment stands. */
    enum Use {
        /** Appended to, or appended to by a batch that is not decided yet. */
        ACTIVE,
        SEALED,
        /** A sync failed: what is in it may be read and checked, never appended to, never used again. */
        POISONED
    }

    private final long number;
    private final Path path;
    private final Disk disk;
    private final long capacity;
    private @Nullable DiskFile file;
    private Use use;
    private long generation;
    private int readers;
    private long liveRecords;
    private long liveBytes;

    Segment(long number, Path path, Disk disk, long capacity, @Nullable DiskFile file, Use use) {
        this.number = number;
        this.path = path;
        this.disk = disk;
        this.capacity = capacity;
        this.file = file;
        this.use = use;
    }

    long number() {
        return number;
    }

    long capacity() {
        return capacity;
    }

    Path path() {
        return path;
    }

    synchronized DiskFile file() throws IOException {
        if (file == null) {
            file = disk.open(path);
        }
        return file;
    }

    synchronized Use use() {
        return use;
    }

    synchronized void seal() {
        if (use == Use.ACTIVE) {
            use = Use.SEALED;
        }
    }

    synchronized void poison() {
        use = Use.POISONED;
    }

    /** Takes the segment for new content, if nothing in it is wanted any more. */
    synchronized boolean tryReuse() {
        if (!isIdle() || use != Use.SEALED) {
            return false;
        }
        generation++;
        use = Use.ACTIVE;
        return true;
    }

    /** Takes the segment away for good, if nothing in it is wanted any more. */
    synchronized boolean tryRetire() {
        if (!isIdle() || use == Use.ACTIVE) {
            return false;
        }
        generation++;
        use = Use.POISONED;
        return true;
    }

    synchronized boolean isIdle() {
        return liveRecords == 0 && readers == 0;
    }

    synchronized void added(long bytes) {
        liveRecords++;
        liveBytes += bytes;
    }

    synchronized void released(long bytes) {
        liveRecords--;
        liveBytes -= bytes;
    }

    synchronized void counted(long records, long bytes) {
        liveRecords = records;
        liveBytes = bytes;
    }

    synchronized long liveRecords() {
        return liveRecords;
    }

    synchronized long liveBytes() {
        return liveBytes;
    }

    /** This segment as it is now, for a reader of content that a row points to now. */
    synchronized ContentFile current() {
        long seen = generation;
        return () -> lease(seen);
    }

    private synchronized ContentFile.Lease lease(long seen) throws IOException {
        if (seen != generation) {
            throw new IOException("the mail is settled and its bytes are released");
        }
        DiskFile opened = file();
        readers++;
        return new SegmentLease(this, opened);
    }

    private synchronized void leave() {
        readers--;
    }

    synchronized void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    private static final class SegmentLease implements ContentFile.Lease {
        private final Segment segment;
        private final DiskFile file;
        private boolean closed;

        SegmentLease(Segment segment, DiskFile file) {
            this.segment = segment;
            this.file = file;
        }

        @Override
        public DiskFile file() {
            return file;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                segment.leave();
            }
        }
    }
}
