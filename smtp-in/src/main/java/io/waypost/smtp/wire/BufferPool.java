package io.waypost.smtp.wire;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Large buffers for sessions that receive content; an idle session has only its small one. Safe for all threads. */
public final class BufferPool {

    /** Octets of a large buffer: few system calls for large mails, and 2,000 clients in DATA still fit. */
    public static final int SIZE = 32 * 1024;

    private static final int KEPT = 128;

    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(KEPT);

    byte[] borrow() {
        byte @Nullable [] buffer = free.poll();
        return buffer == null ? new byte[SIZE] : buffer;
    }

    void giveBack(byte[] buffer) {
        // A full pool lets the buffer go to the garbage collector.
        free.offer(buffer);
    }
}
