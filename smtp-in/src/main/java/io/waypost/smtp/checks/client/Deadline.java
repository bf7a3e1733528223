package io.waypost.smtp.checks.client;

import java.time.Duration;

/**
 * When waiting ends.
 *
 * @param moment by {@link System#nanoTime}
 */
record Deadline(long moment) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Nanoseconds; not positive when it has passed. */
    long left() {
        return moment - System.nanoTime();
    }
}
