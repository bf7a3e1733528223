package io.waypost.store;

import io.waypost.message.MessageId;
import io.waypost.message.port.StoreUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends contents to the active segment, many with one write and one sync. Used by the writer thread alone, batch by
 * batch: {@link #append}, {@link #force} once, then {@link #batchDecided} when the rows are committed or given up.
 */
final class Appender {

    // A batch begins on a page of its own: a page that was synced once is never written again, so a torn write cannot
    // harm it.
    private static final int PAGE = 4096;
    private static final int STAGING = 1024 * 1024;

    private final Segments segments;
    private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING);
    private final List<Segment> unsynced = new ArrayList<>();
    private final List<Segment> full = new ArrayList<>();
    private @Nullable Segment active;
    // Where the staged bytes belong.
    private long position;

    Appender(Segments segments) {
        this.segments = segments;
    }

    /**
     * Puts one content behind the others. Not durable before {@link #force}.
     *
     * @throws StoreUnavailableException when there is no segment for it; what was appended before is not harmed
     * @throws IOException when writing failed: nothing of this batch can be trusted any more
     */
    Location append(MessageId id, byte[] head, List<ByteBuffer> body, long bodyLength, int bodyCrc) throws IOException {
        long length = SegmentRecord.HEADER + head.length + bodyLength;
        Segment segment = room(length);
        long start = position + staging.position();
        int headCrc = SegmentRecord.crc(head);
        if (staging.remaining() < SegmentRecord.HEADER) {
            flush(segment);
        }
        SegmentRecord.writeHeader(staging, id, head.length, bodyLength, headCrc, bodyCrc);
        stage(segment, ByteBuffer.wrap(head));
        for (ByteBuffer part : body) {
            stage(segment, part);
        }
        return new Location(
                segment.number(), false, start + SegmentRecord.HEADER, head.length, bodyLength, headCrc, bodyCrc);
    }

    private Segment room(long length) throws IOException {
        Segment segment = active;
        if (segment != null && position + staging.position() + length > segment.capacity()) {
            flush(segment);
            full.add(segment);
            active = null;
            segment = null;
        }
        if (segment == null) {
            segment = segments.next();
            active = segment;
            position = 0;
        }
        if (!unsynced.contains(segment)) {
            unsynced.add(segment);
        }
        return segment;
    }

    private void stage(Segment segment, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!staging.hasRemaining()) {
                flush(segment);
            }
            int n = Math.min(bytes.remaining(), staging.remaining());
            staging.put(staging.position(), bytes, bytes.position(), n);
            staging.position(staging.position() + n);
            bytes.position(bytes.position() + n);
        }
    }

    private void flush(Segment segment) throws IOException {
        staging.flip();
        int n = staging.remaining();
        if (n > 0) {
            segment.file().write(staging, position);
            position += n;
        }
        staging.clear();
    }

    /** Makes everything appended durable. */
    void force() throws IOException {
        if (unsynced.isEmpty()) {
            return;
        }
        if (active != null) {
            flush(active);
            position = (position + PAGE - 1) / PAGE * PAGE;
        }
        for (Segment segment : unsynced) {
            segment.file().force();
        }
        unsynced.clear();
    }

    /**
     * A write or a sync failed. Linux forgets pages that it could not write, and the next sync would say all is well; so
     * nothing more goes into the segments of this batch.
     */
    void poison() {
        for (Segment segment : unsynced) {
            segment.poison();
        }
        unsynced.clear();
        staging.clear();
        if (active != null) {
            active.poison();
            active = null;
        }
    }

    /** The rows of this batch are committed or will never be: full segments may be counted by their rows from now on. */
    void batchDecided() {
        full.forEach(Segment::seal);
        full.clear();
    }
}
