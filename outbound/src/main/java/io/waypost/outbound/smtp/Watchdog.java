package io.waypost.outbound.smtp;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes a socket when its present step takes too long. A read timeout would begin anew with every dripped byte, and a blocked
 * write has none. One virtual thread a connection; the methods are called by the connection's thread.
 */
final class Watchdog implements AutoCloseable {

    private final Closeable socket;
    private final long sessionEnd;
    private final Thread thread;
    private volatile long stepEnd;
    private volatile long wake;
    private volatile boolean over;
    private volatile boolean expired;

    Watchdog(Closeable socket, Duration session) {
        this.socket = socket;
        this.sessionEnd = System.nanoTime() + session.toNanos();
        this.stepEnd = sessionEnd;
        this.wake = sessionEnd;
        this.thread = Thread.ofVirtual().name("smtp-watchdog").unstarted(this::watch);
    }

    Watchdog start() {
        thread.start();
        return this;
    }

    /** From now on the step may take so long. */
    void allow(Duration step) {
        long end = System.nanoTime() + step.toNanos();
        stepEnd = end - sessionEnd > 0 ? sessionEnd : end;
        // A thread that wakes too early looks again; only one that would wake too late is woken.
        if (stepEnd - wake < 0) {
            LockSupport.unpark(thread);
        }
    }

    /** Whether it was the watchdog that closed the socket. */
    boolean expired() {
        return expired;
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(thread);
    }

    private void watch() {
        while (!over) {
            long end = stepEnd;
            wake = end;
            long left = end - System.nanoTime();
            if (left <= 0) {
                expired = true;
                try {
                    socket.close();
                } catch (IOException e) {
                    // It is of no use any more, whatever closing said.
                }
                return;
            }
            // A step that was allowed between the two lines above was measured by the old time of waking.
            if (stepEnd - end >= 0) {
                LockSupport.parkNanos(this, left);
            }
        }
    }
}
