package io.waypost.smtp.checks;

import java.time.Duration;
import java.util.concurrent.Callable;

/** What a check found, and how long it was at work. */
record Timed<T>(T found, Duration took) {

    /** Does the work now. */
    static <T> Timed<T> of(Callable<T> work) throws Exception {
        long began = System.nanoTime();
        T found = work.call();
        return new Timed<>(found, Duration.ofNanos(System.nanoTime() - began));
    }
}
