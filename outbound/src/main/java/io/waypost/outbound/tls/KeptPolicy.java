package io.waypost.outbound.tls;

import java.time.Instant;

/**
 * A policy as it was fetched.
 *
 * @param id what the record said when it was fetched
 * @param text as fetched
 */
public record KeptPolicy(String id, Instant fetchedAt, String text, StsPolicy policy) {

    boolean isOver(Instant now) {
        return !now.isBefore(end());
    }

    Instant end() {
        return fetchedAt.plus(policy.maxAge());
    }
}
