package io.waypost.api.aws.protocol;

import java.time.Instant;

/** Which points in time the protocols can say. */
public final class Moments {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Moments() {}

    /** Within the years of four digits: what every client can read. */
    public static boolean isWritable(Instant moment) {
        return !moment.isBefore(FIRST) && !moment.isAfter(LAST);
    }
}
