package io.waypost.api.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * A link that was sent to an address.
 *
 * @param tokenDigest the SHA-256 of the link's token in hexadecimal digits: the store does not know the link
 * @param sentAt when it was sent
 */
public record Confirmation(String tokenDigest, Instant sentAt) {

    /** How long a link is good (SES: 24 hours). */
    public static final Duration VALID = Duration.ofHours(24);

    public boolean isOver(Instant now) {
        return !now.isBefore(sentAt.plus(VALID));
    }
}
