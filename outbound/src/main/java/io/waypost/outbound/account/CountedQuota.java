package io.waypost.outbound.account;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRefusedException.Reason;
import io.waypost.outbound.port.SendingAccounts;
import io.waypost.outbound.port.SendingAccounts.Allowance;
import io.waypost.outbound.port.SendingQuota;
import io.waypost.outbound.port.SendingUsage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Recipients of the last 24 hours, known to five minutes, and a bucket of tokens for each scope that fills by the second (contract 4.8).
 * A mail to more recipients than fit into the bucket waits for a full one, and those behind it wait until its debt is paid.
 */
public final class CountedQuota implements SendingQuota, SendingUsage, AutoCloseable {

    /** The kind of its settings. */
    public static final String KIND = "sending-quota";

    private static final Duration SLICE = Duration.ofMinutes(5);

    private final SendingAccounts accounts;
    private final KeptCounts kept;
    private final Map<Scope, Bucket> buckets = new ConcurrentHashMap<>();

    /** Guarded by its scope's counts. */
    private static final class Bucket {
        double tokens = Double.MAX_VALUE;
        Instant filledAt = Instant.MIN;
    }

    /** @throws IOException when what was counted before cannot be read */
    public CountedQuota(SendingAccounts accounts, Settings settings, Clock clock) throws IOException {
        this.accounts = accounts;
        // A slice counts until its end is a day past: never too little.
        this.kept = new KeptCounts(
                settings,
                KIND,
                clock,
                () -> new Counts(SLICE, Duration.ofHours(24).plus(SLICE), 1));
    }

    @Override
    public void take(Scope scope, int recipients) throws SendRefusedException, IOException {
        Allowance allowance = accounts.of(scope);
        Bucket bucket = buckets.computeIfAbsent(scope, any -> new Bucket());
        kept.<SendRefusedException>change(scope, (counts, now) -> {
            if (allowance.perDay() >= 0 && counts.sum(0, now) + recipients > allowance.perDay()) {
                throw new SendRefusedException(Reason.DAILY_QUOTA_EXCEEDED, "Daily message quota exceeded.");
            }
            fill(bucket, allowance.perSecond(), now);
            double room = Math.max(1, allowance.perSecond());
            if (bucket.tokens < Math.min(recipients, room)) {
                throw new SendRefusedException(Reason.RATE_EXCEEDED, "Maximum sending rate exceeded.");
            }
            bucket.tokens -= recipients;
            counts.add(now, 0, recipients);
            return null;
        });
    }

    private static void fill(Bucket bucket, double perSecond, Instant now) {
        double room = Math.max(1, perSecond);
        if (bucket.filledAt.equals(Instant.MIN)) {
            bucket.tokens = room;
        } else if (now.isAfter(bucket.filledAt)) {
            double passed = Duration.between(bucket.filledAt, now).toNanos() / 1e9;
            bucket.tokens = Math.min(room, bucket.tokens + passed * perSecond);
        }
        // A clock that goes back fills nothing, and is followed.
        bucket.filledAt = now;
    }

    @Override
    public long takenInADay(Scope scope) {
        return kept.look(scope, (counts, now) -> counts.sum(0, now));
    }

    /** Writes what was counted. */
    @Override
    public void close() {
        kept.close();
    }
}
