package io.waypost.api.aws.sign;

import io.waypost.api.aws.ClientNetwork;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/**
 * Counts wrong signatures of each client: so many at once, then one more each time a share of the period has passed. One number a client,
 * of so many clients at most; the one that has been quiet longest is forgotten first. All threads.
 */
final class FailedSignatures {

    private final long period;
    private final long share;
    private final int most;
    private final LongSupplier nanos;

    /** When each client will be as good as new; the client that failed last stands last. */
    private final SequencedMap<ClientNetwork, Long> goodAt = new LinkedHashMap<>();

    /**
     * @param burst failures that a client may have at once, from 1
     * @param period in which that many are forgiven
     * @param most clients that are remembered
     * @param nanos a clock that never goes back
     */
    FailedSignatures(int burst, Duration period, int most, LongSupplier nanos) {
        this.period = period.toNanos();
        this.share = this.period / burst;
        this.most = most;
        this.nanos = nanos;
    }

    /** Whether a client has had as many as it may. */
    synchronized boolean isSpent(ClientNetwork client) {
        Long good = goodAt.get(client);
        return good != null && isSpent(good - nanos.getAsLong());
    }

    private boolean isSpent(long ahead) {
        return ahead > period - share;
    }

    /** One more of a client; true when that was the last one that it may have for now. */
    synchronized boolean failed(ClientNetwork client) {
        long now = nanos.getAsLong();
        forgetTheGood(now);
        Long before = goodAt.remove(client);
        long ahead = (before == null ? 0 : Math.max(0, before - now)) + share;
        if (goodAt.size() >= most) {
            goodAt.pollFirstEntry();
        }
        goodAt.putLast(client, now + Math.min(ahead, period));
        return isSpent(ahead);
    }

    private void forgetTheGood(long now) {
        Iterator<Long> eldest = goodAt.values().iterator();
        while (eldest.hasNext() && eldest.next() - now <= 0) {
            eldest.remove();
        }
    }

    synchronized int remembered() {
        return goodAt.size();
    }
}
