package io.waypost.outbound.pace;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The pace of one destination. How many mails are on their way at once grows by one for each full round that went well and is halved
 * when the destination asks for patience (additive increase, multiplicative decrease, as TCP has it in RFC 5681). While nothing at
 * all can be reached, mails are put off without being tried, for a time that doubles. Safe for all threads.
 */
public final class Pace {

    private static final int AT_FIRST = 5;
    /** One recipient's greylisting says nothing about the next; so many in a row, and nothing between them, do. */
    private static final int MANY_PUT_OFF = 10;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** What came of a mail, as far as the pace is concerned. */
    public enum Result {
        WELL,
        /** A host could be talked to, and does not want this mail now. */
        PUT_OFF,
        /** It went well, and the destination wants less at once. */
        TOO_FAST,
        /** No host of it could be talked to. */
        UNREACHABLE,
        /** Nothing was tried. */
        NOTHING
    }

    /**
     * Nothing is tried now.
     *
     * @param why what the last attempt found
     * @param left how long still
     */
    public record Pausing(String why, Duration left) {}

    private final PaceLimits limits;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private double allowed;
    private int inside;
    private long nextAt;
    private int putOff;
    private int unreachable;
    private long pauseUntil;
    private String why = "";

    Pace(PaceLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.allowed = Math.min(AT_FIRST, limits.connections());
        this.nextAt = nanoTime.getAsLong();
    }

    /**
     * Waits until a mail may go. Who gets nothing back must {@link #leave}.
     *
     * @return why it may not go at all for now
     */
    public Optional<Pausing> enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = nanoTime.getAsLong();
                long pause = pauseUntil - now;
                // The first one behind a pause is on his own: he finds out whether it is over.
                if (unreachable > 0 && (pause > 0 || inside > 0)) {
                    return Optional.of(new Pausing(why, Duration.ofNanos(Math.max(pause, FIRST_PAUSE.toNanos()))));
                }
                if (inside >= (int) allowed) {
                    room.await();
                } else if (limits.rate().isPresent() && nextAt - now > 0) {
                    var _ = room.await(nextAt - now, TimeUnit.NANOSECONDS);
                } else {
                    inside++;
                    if (limits.rate().isPresent()) {
                        long each = (long)
                                (TimeUnit.SECONDS.toNanos(1) / limits.rate().getAsDouble());
                        nextAt = Math.max(nextAt, now) + each;
                    }
                    return Optional.empty();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** @param reason for those that are put off meanwhile */
    public void leave(Result result, String reason) {
        lock.lock();
        try {
            inside--;
            switch (result) {
                case WELL -> {
                    unreachable = 0;
                    putOff = 0;
                    allowed = Math.min(limits.connections(), allowed + 1 / allowed);
                }
                case PUT_OFF -> {
                    unreachable = 0;
                    putOff++;
                    if (putOff == MANY_PUT_OFF) {
                        slowDown();
                    }
                }
                case TOO_FAST -> {
                    unreachable = 0;
                    slowDown();
                }
                case UNREACHABLE -> {
                    slowDown();
                    // Many that were on their way together are one failure.
                    if (pauseUntil - nanoTime.getAsLong() <= 0) {
                        long doubled = FIRST_PAUSE.toNanos() << Math.min(unreachable, 10);
                        unreachable++;
                        pauseUntil = nanoTime.getAsLong() + Math.min(doubled, LONGEST_PAUSE.toNanos());
                        why = reason;
                    }
                }
                case NOTHING -> {}
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void slowDown() {
        putOff = 0;
        allowed = Math.max(1, allowed / 2);
    }

    /** How many may be on their way at once. */
    int allowed() {
        lock.lock();
        try {
            return (int) allowed;
        } finally {
            lock.unlock();
        }
    }

    boolean isForgettable() {
        lock.lock();
        try {
            return inside == 0 && pauseUntil - nanoTime.getAsLong() <= 0 && !lock.hasWaiters(room);
        } finally {
            lock.unlock();
        }
    }
}
