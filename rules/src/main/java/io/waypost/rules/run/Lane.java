package io.waypost.rules.run;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The way to one destination: how many effects may be on it at once, and whether it is closed because nothing gets through.
 * A dead destination fills its own lane and nobody else's. Safe for all threads.
 */
final class Lane {

    // So many failures in a row, with no success between them, are the destination's fault and not a mail's.
    private static final int FAILURES_TO_CLOSE = 5;
    private static final Duration FIRST_CLOSURE = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLOSURE = Duration.ofSeconds(30);
    // So many may wait in memory behind those on the way, and fewer when room is scarce: no lane may take it all.
    private static final int MOST_WAITING = 256;
    private static final int SHARE_OF_ROOM = 4;

    // A destination that was not tried for so long is met without prejudice.
    private static final Duration MEMORY_OF_FAILURES = Duration.ofMinutes(10);

    private final int concurrency;
    private final IntSupplier freeRoom;
    private final Runnable ring;
    private final Semaphore permits;
    private int inside;
    private int failures;
    private @Nullable Instant closedUntil;
    private Instant failedAt = Instant.MIN;
    /** Runs for it stay in the ledger, because there was no place. */
    private boolean leftOut;

    private boolean forgotten;

    /**
     * @param freeRoom how many more runs may be in hand in all
     * @param ring called when there is place for many again after runs were left in the ledger
     */
    Lane(int concurrency, IntSupplier freeRoom, Runnable ring) {
        this.concurrency = concurrency;
        this.freeRoom = freeRoom;
        this.ring = ring;
        this.permits = new Semaphore(concurrency, true);
    }

    /** Takes a place in the lane, waiting room included; false when it is full or closed. */
    synchronized boolean reserve(Instant now) {
        if (forgotten || !isOpen(now) || inside >= concurrency + waitingRoom()) {
            leftOut = true;
            return false;
        }
        inside++;
        return true;
    }

    /** Whether its runs stay in the ledger for now: there is no place for many. The lane rings when there is. */
    synchronized boolean leavesOut(Instant now) {
        leftOut = !wantsMore(now);
        return leftOut;
    }

    /** Whether it is worth claiming more for this lane: there is place for many, not just for one. */
    synchronized boolean wantsMore(Instant now) {
        return isOpen(now) && hasPlaceForMany();
    }

    private boolean hasPlaceForMany() {
        return inside < concurrency + waitingRoom() / 4;
    }

    // A lane whose closure has run out lets a single effect through to see.
    private boolean isOpen(Instant now) {
        return closedUntil == null || !now.isBefore(closedUntil) && inside == 0;
    }

    private int waitingRoom() {
        return Math.min(MOST_WAITING, freeRoom.getAsInt() / SHARE_OF_ROOM);
    }

    /** Waits until the effect may be on its way. Only with a place from {@link #reserve}. */
    void enter() throws InterruptedException {
        permits.acquire();
    }

    void leave() {
        permits.release();
        giveUpPlace();
    }

    /** Gives back a place without having entered. */
    synchronized void giveUpPlace() {
        inside--;
        ringIfOpen();
    }

    synchronized void succeeded() {
        failures = 0;
        closedUntil = null;
        ringIfOpen();
    }

    // The end of a closure is a matter of time, which nobody here watches: the next poll finds it.
    private void ringIfOpen() {
        if (leftOut && closedUntil == null && hasPlaceForMany()) {
            leftOut = false;
            ring.run();
        }
    }

    synchronized void failed(Instant now, RandomGenerator random) {
        failures++;
        failedAt = now;
        if (failures >= FAILURES_TO_CLOSE) {
            long doublings = Math.min(failures - FAILURES_TO_CLOSE, 10);
            long millis = Math.min(FIRST_CLOSURE.toMillis() << doublings, LONGEST_CLOSURE.toMillis());
            closedUntil = now.plusMillis(millis / 2 + random.nextLong(millis / 2 + 1));
        }
    }

    /** Whether it has nothing to remember; it gives no place any more then, since another one will be in its stead. */
    synchronized boolean forget(Instant now) {
        forgotten = inside == 0 && (failures == 0 || failedAt.isBefore(now.minus(MEMORY_OF_FAILURES)));
        return forgotten;
    }
}
