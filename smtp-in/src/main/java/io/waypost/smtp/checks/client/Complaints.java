package io.waypost.smtp.checks.client;

import io.waypost.smtp.checks.client.Listing.NotAsked;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator about block lists that cannot be asked: each of them seldom, since every client meets the same fault. */
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final long PAUSE = Duration.ofMinutes(5).toNanos();

    private final LongSupplier nanos;
    private final ConcurrentMap<String, Long> told = new ConcurrentHashMap<>();

    /** @param nanos a clock like {@link System#nanoTime} */
    Complaints(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void about(NotAsked listing) {
        if (isDue(listing.list().name())) {
            LOG.warn(
                    "Block list {} could not be asked, and its clients count as not listed: {}",
                    listing.list().name(),
                    listing.reason());
        }
    }

    boolean isDue(String list) {
        long now = nanos.getAsLong();
        Long last = told.get(list);
        if (last != null && now - last < PAUSE) {
            return false;
        }
        return last == null ? told.putIfAbsent(list, now) == null : told.replace(list, last, now);
    }
}
