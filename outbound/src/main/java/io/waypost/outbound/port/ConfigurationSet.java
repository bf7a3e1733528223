package io.waypost.outbound.port;

import io.waypost.message.Domain;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration set, as far as sending asks for it.
 *
 * @param sendingEnabled whether mail may be sent under it
 * @param tlsRequired TlsPolicy is REQUIRE
 * @param pool its sending pool
 * @param deliverWithin MaxDeliverySeconds
 * @param suppressedReasons for which reasons a suppressed address is left out; where absent, the account's setting counts
 * @param told whether an event destination hears of its mail, so that header fields must be remembered
 * @param tracksOpens whether an event destination wants opens
 * @param tracksClicks whether an event destination wants clicks
 * @param redirect where tracked links lead first; where absent, to this server's own address
 */
public record ConfigurationSet(
        String name,
        boolean sendingEnabled,
        boolean tlsRequired,
        Optional<String> pool,
        Optional<Duration> deliverWithin,
        Optional<Set<Suppressed>> suppressedReasons,
        boolean told,
        boolean tracksOpens,
        boolean tracksClicks,
        Optional<Redirect> redirect) {

    /** The custom domain of tracked links. */
    public record Redirect(Domain domain, HttpsPolicy policy) {}

    /** Which tracked links are https whatever they lead to. */
    public enum HttpsPolicy {
        /** All. */
        REQUIRE,
        /** The picture's. */
        REQUIRE_OPEN_ONLY,
        /** None: each has the scheme of what it leads to, the picture's is http. */
        OPTIONAL
    }
}
