package io.waypost.smtp.reception;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What large headers may take of the heap, all sessions together. Ordinary ones are free: thousands of clients that each begin a huge
 * header must not be able to use it up. Safe for all threads.
 */
final class HeaderMemory {

    /** Octets that every header may have without asking. */
    static final int FREE = 16 * 1024;

    private final AtomicLong left;

    HeaderMemory(long octets) {
        this.left = new AtomicLong(octets);
    }

    /** An eighth of the heap. */
    static HeaderMemory ofHeap() {
        return new HeaderMemory(Runtime.getRuntime().maxMemory() / 8);
    }

    boolean take(long octets) {
        if (left.addAndGet(-octets) >= 0) {
            return true;
        }
        left.addAndGet(octets);
        return false;
    }

    void giveBack(long octets) {
        left.addAndGet(octets);
    }
}
