package io.waypost.store;

import io.waypost.message.port.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** All segments, and the next one to write to, which is made ready in the background before it is needed. */
final class Segments {

    static final String SUFFIX = ".segment";
    private static final String UNFINISHED = ".unfinished";
    // Kept for the next burst; what is free beyond is deleted.
    private static final int KEPT_FREE = 4;
    private static final long PATIENCE_SECONDS = 30;

    private final Disk disk;
    private final Path folder;
    private final int segmentBytes;
    private final Space space;
    private final Executor preparer;
    private final Map<Long, Segment> segments = new ConcurrentHashMap<>();
    private long lastNumber;
    private @Nullable CompletableFuture<Segment> next;

    Segments(Disk disk, Path folder, int segmentBytes, Space space, Executor preparer) {
        this.disk = disk;
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.space = space;
        this.preparer = preparer;
    }

    /** Finds the segments there are; half-made ones are deleted. Called once, before everything else. */
    void discover() throws IOException {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path file : unfinished) {
                disk.delete(file);
            }
        }
        for (long number : OwnFiles.numbers(folder, SUFFIX)) {
            Path path = path(number);
            segments.put(number, new Segment(number, path, disk, Files.size(path), null, Segment.Use.SEALED));
            lastNumber = Math.max(lastNumber, number);
        }
    }

    private Path path(long number) {
        return folder.resolve("%012d%s".formatted(number, SUFFIX));
    }

    /** The segment that a row names; one whose file is missing fails when it is read. */
    Segment of(long number) {
        return segments.computeIfAbsent(
                number, n -> new Segment(n, path(n), disk, segmentBytes, null, Segment.Use.POISONED));
    }

    Collection<Segment> all() {
        return segments.values();
    }

    /** What the rows say about each segment; those not named hold nothing that is wanted. */
    void counted(Map<Long, Live> live) {
        live.keySet().forEach(this::of);
        for (Segment segment : segments.values()) {
            Live its = live.getOrDefault(segment.number(), Live.NOTHING);
            segment.counted(its.records(), its.bytes());
        }
    }

    /** How much of a segment rows point to. */
    record Live(long records, long bytes) {
        static final Live NOTHING = new Live(0, 0);
    }

    /** Begins to make the next segment ready. */
    synchronized void prepare() {
        if (next == null || next.isCompletedExceptionally()) {
            next = CompletableFuture.supplyAsync(this::freeOrNew, preparer);
        }
    }

    /** The next segment to append to; the one behind it is being prepared when this returns. */
    Segment next() throws StoreUnavailableException {
        try {
            return take();
        } catch (StoreUnavailableException e) {
            // What failed in advance may work now: a disk that recovered must not cost another refusal.
            return take();
        }
    }

    private Segment take() throws StoreUnavailableException {
        CompletableFuture<Segment> wanted;
        synchronized (this) {
            prepare();
            wanted = next;
        }
        if (wanted == null) {
            throw new IllegalStateException("nothing is being prepared");
        }
        try {
            Segment segment = wanted.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            synchronized (this) {
                next = null;
            }
            prepare();
            return segment;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof CompletionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : e.getCause();
            throw Space.unavailable("no segment can be made ready", cause == null ? e : cause);
        } catch (TimeoutException e) {
            throw new StoreUnavailableException(false, "the disk is too slow to make a segment ready", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(false, "interrupted while a segment was made ready", e);
        }
    }

    /** Runs on the preparer's thread. */
    private Segment freeOrNew() {
        for (Segment segment : segments.values()) {
            if (segment.capacity() == segmentBytes && segment.tryReuse()) {
                return segment;
            }
        }
        try {
            return allocate();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private Segment allocate() throws IOException {
        space.require(segmentBytes);
        long number;
        synchronized (this) {
            number = ++lastNumber;
        }
        Path unfinished = folder.resolve("%012d%s".formatted(number, UNFINISHED));
        Path path = path(number);
        DiskFile file = disk.create(unfinished);
        try {
            Zeroes.fill(file, segmentBytes);
            disk.rename(unfinished, path);
            disk.syncFolder(folder);
        } catch (IOException e) {
            discard(file, unfinished, path, e);
            throw e;
        }
        file.close();
        Segment segment = new Segment(number, path, disk, segmentBytes, disk.open(path), Segment.Use.ACTIVE);
        segments.put(number, segment);
        return segment;
    }

    private void discard(DiskFile file, Path unfinished, Path path, IOException cause) {
        try {
            file.close();
            disk.delete(unfinished);
            disk.delete(path);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Deletes free segments beyond a few, those of another length than is used now, and poisoned ones that nobody needs. */
    void trim() throws IOException {
        List<Segment> surplus = new ArrayList<>();
        int free = 0;
        for (Segment segment : segments.values()) {
            boolean usable = segment.use() == Segment.Use.SEALED && segment.capacity() == segmentBytes;
            if (segment.isIdle() && (!usable || ++free > KEPT_FREE)) {
                surplus.add(segment);
            }
        }
        for (Segment segment : surplus) {
            if (segment.tryRetire()) {
                segments.remove(segment.number());
                segment.close();
                disk.delete(segment.path());
            }
        }
    }

    /** Closes all files. */
    void close() {
        for (Segment segment : segments.values()) {
            try {
                segment.close();
            } catch (IOException e) {
                // Nothing hangs on it: what counts was forced before.
                segment.poison();
            }
        }
    }
}
