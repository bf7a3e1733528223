package io.waypost.store;

import java.util.concurrent.atomic.AtomicLong;

/** The heap that all drafts share. Never waited for: a draft that gets none writes to a file. */
final class DraftMemory {

    private final AtomicLong free;

    DraftMemory(long bytes) {
        this.free = new AtomicLong(bytes);
    }

    boolean tryTake(int bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        free.addAndGet(bytes);
        return false;
    }

    void giveBack(long bytes) {
        free.addAndGet(bytes);
    }

    long free() {
        return free.get();
    }
}
