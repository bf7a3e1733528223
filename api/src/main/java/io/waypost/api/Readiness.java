package io.waypost.api;

import java.util.List;

/**
 * Whether this server can take mail now: SMTP bound, store writable, rules loaded. Called on a worker thread, by one caller at a
 * time; may block for a moment, and counts as not ready when it blocks longer or throws.
 */
@FunctionalInterface
public interface Readiness {

    /** Every check with its answer; the server is ready when all are. */
    List<Check> checks();

    /**
     * One check.
     *
     * @param name such as {@code smtp}, {@code store}, {@code rules}
     * @param ready its answer
     * @param detail why not, without secrets: anyone who reaches the port may read it
     */
    record Check(String name, boolean ready, String detail) {}
}
