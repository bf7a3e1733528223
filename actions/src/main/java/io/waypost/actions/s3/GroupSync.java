package io.waypost.actions.s3;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads share one sync: whoever calls {@link #await} is let go when a sync has ended that began after the call. While one
 * sync runs, the next one's callers gather; nobody waits for a timer.
 *
 * <p>The sync itself runs on a platform thread of its own, because it blocks in the kernel.
 */
final class GroupSync implements AutoCloseable {

    /** Puts on stable storage all that was written before the call. */
    @FunctionalInterface
    interface Sync {
        void run() throws IOException;
    }

    private final Sync sync;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private CompletableFuture<Void> next = new CompletableFuture<>();
    private int waiting;
    private boolean closed;

    GroupSync(String name, Sync sync) {
        this.sync = sync;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** @throws IOException when the sync failed: nothing that the caller wrote may be taken as durable */
    void await() throws IOException, InterruptedException {
        CompletableFuture<Void> mine;
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the object folder is closed");
            }
            mine = next;
            waiting++;
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(thread);
        try {
            mine.get();
        } catch (ExecutionException e) {
            throw new IOException("the disk could not sync: " + e.getCause(), e);
        }
    }

    /** How many wait for a sync that has not begun. */
    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (true) {
            CompletableFuture<Void> group = gathered();
            if (group == null) {
                return;
            }
            try {
                sync.run();
                group.complete(null);
            } catch (IOException | RuntimeException e) {
                group.completeExceptionally(e);
            }
        }
    }

    // Waits for somebody; answers nothing when closed and nobody waits.
    private @Nullable CompletableFuture<Void> gathered() {
        while (true) {
            lock.lock();
            try {
                if (waiting > 0) {
                    CompletableFuture<Void> group = next;
                    next = new CompletableFuture<>();
                    waiting = 0;
                    return group;
                }
                if (closed) {
                    return null;
                }
            } finally {
                lock.unlock();
            }
            LockSupport.park(this);
        }
    }

    /** Those who wait already are still served. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(thread);
    }
}
