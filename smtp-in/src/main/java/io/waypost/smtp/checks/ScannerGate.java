package io.waypost.smtp.checks;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * In front of one scanner: bounds how many mails are with it at once, and keeps mails away for a while from one that fails again and
 * again, so that a dead scanner does not cost each of them the whole time limit. Safe for all threads.
 */
public final class ScannerGate {

    private static final int FAILURES_TO_CLOSE = 3;
    private static final long CLOSED_FOR = TimeUnit.SECONDS.toNanos(2);

    private final Semaphore places;
    private final LongSupplier nanoTime;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong closedUntil = new AtomicLong();

    public ScannerGate(int concurrency) {
        this(concurrency, System::nanoTime);
    }

    ScannerGate(int concurrency, LongSupplier nanoTime) {
        this.places = new Semaphore(concurrency, true);
        this.nanoTime = nanoTime;
    }

    /** A conversation with the scanner. */
    @FunctionalInterface
    public interface Scan<T> {
        /** @throws ScanFailure when the scanner gives no verdict */
        T run() throws ScanFailure;
    }

    /**
     * Lets one conversation through.
     *
     * @throws ScanFailure as the conversation does; or when no place became free in time; or without asking, while the scanner is left alone
     */
    public <T> T pass(Deadline deadline, Scan<T> scan) throws ScanFailure {
        if (failures.get() >= FAILURES_TO_CLOSE) {
            long until = closedUntil.get();
            // The first who comes afterwards tries; until he knows, the others stay away.
            if (nanoTime.getAsLong() - until < 0
                    || !closedUntil.compareAndSet(until, nanoTime.getAsLong() + CLOSED_FOR)) {
                throw new ScanFailure("the scanner fails again and again and is not asked for a moment");
            }
        }
        try {
            if (!places.tryAcquire(Math.max(0, deadline.left()), TimeUnit.NANOSECONDS)) {
                throw new ScanFailure("the scanner is busy with other mails");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScanFailure("interrupted");
        }
        try {
            T found = scan.run();
            failures.set(0);
            return found;
        } catch (ScanFailure failure) {
            closedUntil.set(nanoTime.getAsLong() + CLOSED_FOR);
            failures.incrementAndGet();
            throw failure;
        } finally {
            places.release();
        }
    }
}
