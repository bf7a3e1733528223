package io.waypost.store;

import java.time.Instant;

/** Moments as the rows hold them: nanoseconds since 1970, which reach from 1677 to 2262. */
final class RowTime {

    private static final Instant FIRST = Instant.ofEpochSecond(0, Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochSecond(0, Long.MAX_VALUE);

    private RowTime() {}

    static long nanos(Instant moment) {
        if (moment.isBefore(FIRST)) {
            return Long.MIN_VALUE;
        }
        if (moment.isAfter(LAST)) {
            return Long.MAX_VALUE;
        }
        // Exact at both ends: seconds may lie one below the range before the nanoseconds are added.
        return moment.getEpochSecond() < 0
                ? Math.multiplyExact(moment.getEpochSecond() + 1, 1_000_000_000L) + moment.getNano() - 1_000_000_000L
                : Math.multiplyExact(moment.getEpochSecond(), 1_000_000_000L) + moment.getNano();
    }

    static Instant moment(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
