package io.waypost.bench;

import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * How long a delivered mail is not yet recorded as such: from the moment at which the receiver's 250 was read to the commit of the row.
 * A crash within sends the mail again. Beginning and end of one mail are told on one thread.
 */
final class Window {

    private final ThreadLocal<Long> begun = new ThreadLocal<>();
    private final ConcurrentLinkedQueue<Long> windows = new ConcurrentLinkedQueue<>();

    void open() {
        begun.set(System.nanoTime());
    }

    /** Closes it, where this thread has opened one. */
    void close() {
        Long from = begun.get();
        if (from != null) {
            begun.remove();
            windows.add(System.nanoTime() - from);
        }
    }

    /** Members of a JSON object. */
    String json() {
        long[] sorted = windows.stream().mapToLong(Long::longValue).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "\"window_ms_median\": %.3f, \"window_ms_99\": %.3f, \"window_ms_longest\": %.3f",
                part(sorted, 0.5),
                part(sorted, 0.99),
                part(sorted, 1));
    }

    private static double part(long[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, part * sorted.length)] / 1e6;
    }
}
