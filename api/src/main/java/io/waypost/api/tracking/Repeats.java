package io.waypost.api.tracking;

import io.waypost.message.MessageId;
import java.time.Instant;
import java.util.Arrays;

/**
 * Counts how often the links of a mail were used within a minute, so that whoever has one link cannot make events without end. Mails
 * share counters, of which there is a fixed number: a mail with many readers may now and then use up another's. All threads.
 */
final class Repeats {

    private static final int COUNTERS = 16 * 1024;

    private final int most;
    private final int[] counts = new int[COUNTERS];
    private long minute;

    /** @param most uses of a mail's links in a minute */
    Repeats(int most) {
        this.most = most;
    }

    /** Counts one more; true when it is one too many. */
    synchronized boolean isTooMany(MessageId mail, Instant at) {
        long now = Math.floorDiv(at.getEpochSecond(), 60L);
        if (now != minute) {
            Arrays.fill(counts, 0);
            minute = now;
        }
        int counter = Math.floorMod(mail.hashCode(), COUNTERS);
        if (counts[counter] >= most) {
            return true;
        }
        counts[counter]++;
        return false;
    }
}
