package io.waypost.smtp.session;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the failed logins of each client, as {@link AddressSlots} counts connections: a client may fail so often at once, and then
 * once in a while. Those of clients that failed last are kept, up to a bound. Safe for all threads.
 */
public final class LoginAttempts {

    /** Failures that a client may have at once. */
    static final int AT_ONCE = 20;

    /** How long it takes until one failure is forgotten. */
    static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

    private static final int CLIENTS = 10_000;

    private final Clock clock;
    private final Map<Object, Instant> forgottenAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Instant> eldest) {
            return size() > CLIENTS;
        }
    };

    public LoginAttempts(Clock clock) {
        this.clock = clock;
    }

    /** Whether a client has failed too often to be heard now. */
    synchronized boolean areUsedUp(InetAddress client) {
        Instant forgotten = forgottenAt.get(AddressSlots.key(client));
        Instant full = clock.instant().plus(FORGOTTEN_AFTER.multipliedBy(AT_ONCE - 1L));
        return forgotten != null && forgotten.isAfter(full);
    }

    /** A client failed. */
    synchronized void failed(InetAddress client) {
        Instant now = clock.instant();
        forgottenAt.merge(
                AddressSlots.key(client),
                now.plus(FORGOTTEN_AFTER),
                (known, first) -> known.isBefore(now) ? first : known.plus(FORGOTTEN_AFTER));
    }
}
