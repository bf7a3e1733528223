package io.waypost.store;

import io.waypost.message.port.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Room on the disk, and what its errors mean to a peer. */
final class Space {

    // Asking costs a system call; mail that arrives within this time fits into the reserve.
    private static final long FRESH_NANOS = Duration.ofMillis(100).toNanos();

    private final Disk disk;
    private final Path folder;
    private final long reserve;
    private volatile long askedAt = System.nanoTime() - FRESH_NANOS;
    private volatile long usable;

    Space(Disk disk, Path folder, long reserve) {
        this.disk = disk;
        this.folder = folder;
        this.reserve = reserve;
    }

    /** Room left, at most a moment old. */
    long usable() throws IOException {
        long now = System.nanoTime();
        if (now - askedAt >= FRESH_NANOS) {
            usable = disk.usableBytes(folder);
            askedAt = now;
        }
        return usable;
    }

    /** Refuses when taking these bytes would touch the reserve. */
    void require(long bytes) throws StoreUnavailableException {
        long free;
        try {
            free = usable();
        } catch (IOException e) {
            throw unavailable("the free room of the store's disk cannot be told", e);
        }
        if (free - bytes < reserve) {
            throw new StoreUnavailableException(
                    true, "the store's disk has %d bytes left, %d are kept in reserve".formatted(free, reserve));
        }
    }

    /** The refusal for this failure: full when it is room that is missing. */
    static StoreUnavailableException unavailable(String what, Throwable cause) {
        if (cause instanceof StoreUnavailableException already) {
            return already;
        }
        return new StoreUnavailableException(isFull(cause), what + ": " + cause.getMessage(), cause);
    }

    private static boolean isFull(@Nullable Throwable cause) {
        if (cause instanceof SQLiteException sql) {
            return sql.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
        }
        // The JDK tells ENOSPC and EDQUOT by their texts only.
        String text = cause == null || cause.getMessage() == null
                ? ""
                : cause.getMessage().toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded");
    }
}
