package io.waypost.outbound.tls;

import io.waypost.message.Domain;
import java.time.Instant;
import java.util.Map;

/** Keeps policies beyond the process. Safe for all threads; a fault of the shelf is no fault of the mail, so nothing is thrown. */
public interface PolicyShelf {

    /** Keeps nothing. */
    PolicyShelf NONE = new PolicyShelf() {
        @Override
        public Map<Domain, KeptPolicy> all(Instant now) {
            return Map.of();
        }

        @Override
        public void put(Domain domain, KeptPolicy policy) {}
    };

    /** All that are not over. */
    Map<Domain, KeptPolicy> all(Instant now);

    void put(Domain domain, KeptPolicy policy);
}
