package io.waypost.store;

import io.waypost.message.port.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees segments that few long-lived mails (dead ones, slow retries) keep from being used again: copies those few into files
 * of their own. Runs on the keeper's thread.
 */
final class Janitor {

    private static final Logger log = LoggerFactory.getLogger(Janitor.class);

    // Below a tenth, freeing a segment costs at most a ninth of what it gains.
    private static final int WORTH_MOVING = 10;
    private static final int MOVES_A_PASS = 1000;
    private static final int MOVES_A_COMMIT = 50;

    private final Segments segments;
    private final OwnFiles ownFiles;
    private final Contents contents;
    private final Readers readers;
    private final Writer writer;
    private final Memory memory;
    private final Space space;
    // Twice in a row: what was sealed a moment ago will mostly be settled by itself.
    private Set<Long> seenSparse = new HashSet<>();

    Janitor(
            Segments segments,
            OwnFiles ownFiles,
            Contents contents,
            Readers readers,
            Writer writer,
            Memory memory,
            Space space) {
        this.segments = segments;
        this.ownFiles = ownFiles;
        this.contents = contents;
        this.readers = readers;
        this.writer = writer;
        this.memory = memory;
        this.space = space;
    }

    /** One pass; returns how many contents it moved. */
    int pass() throws IOException {
        segments.trim();
        Set<Long> sparse = new HashSet<>();
        for (Segment segment : segments.all()) {
            if (isSparse(segment)) {
                sparse.add(segment.number());
            }
        }
        Set<Long> twice = new HashSet<>(sparse);
        twice.retainAll(seenSparse);
        seenSparse = sparse;
        return twice.isEmpty() ? 0 : move(twice);
    }

    private static boolean isSparse(Segment segment) {
        return segment.use() != Segment.Use.ACTIVE
                && segment.liveRecords() > 0
                && segment.liveBytes() < segment.capacity() / WORTH_MOVING;
    }

    private int move(Set<Long> sparse) throws IOException {
        List<RowReader.Stored> stored = readers.ask(rows -> rows.storedIn(sparse, MOVES_A_PASS));
        int moved = 0;
        for (int i = 0; i < stored.size(); i += MOVES_A_COMMIT) {
            moved += moveSome(stored.subList(i, Math.min(i + MOVES_A_COMMIT, stored.size())));
        }
        return moved;
    }

    private int moveSome(List<RowReader.Stored> some) throws IOException {
        List<MoveJob.Move> moves = new ArrayList<>(some.size());
        for (RowReader.Stored content : some) {
            space.require(content.location().length());
            try {
                Location copy = copy(content);
                moves.add(new MoveJob.Move(content.id(), content.mail(), content.run(), content.location(), copy));
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (IOException e) {
                // Damaged, or settled since: it stays where it is, and whoever reads it is told.
                log.warn("the content of {} cannot be moved to a file of its own", content.id(), e);
            }
        }
        if (moves.isEmpty()) {
            return 0;
        }
        ownFiles.syncFolder();
        MoveJob job = new MoveJob(moves, memory);
        writer.submit(job);
        return job.await();
    }

    private Location copy(RowReader.Stored content) throws IOException {
        Location from = content.location();
        OwnFiles.Created created = ownFiles.create();
        DraftFile target = new DraftFile(created.number(), created.file());
        try (InputStream in =
                new CheckedStream(content.id().value(), contents.file(from).open(), from)) {
            byte[] head = in.readNBytes(from.headLength());
            in.transferTo(target.asStream());
            return target.finish(content.id(), head, from.bodyLength(), from.bodyCrc());
        } catch (IOException e) {
            ownFiles.delete(created.number());
            throw e;
        } finally {
            target.closeQuietly();
        }
    }
}
