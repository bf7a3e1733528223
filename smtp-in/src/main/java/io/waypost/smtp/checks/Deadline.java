package io.waypost.smtp.checks;

import java.time.Duration;

/**
 * When waiting ends.
 *
 * @param moment by {@link System#nanoTime}
 */
public record Deadline(long moment) {

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Nanoseconds; not positive when it has passed. */
    public long left() {
        return moment - System.nanoTime();
    }

    /** The earlier of this one and one in so much time. */
    public Deadline atMost(Duration time) {
        return left() <= time.toNanos() ? this : in(time);
    }
}
