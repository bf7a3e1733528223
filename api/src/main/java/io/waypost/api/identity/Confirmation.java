package io.waypost.api.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A link that was sent to an address.
 *
 * @param tokenDigest the SHA-256 of the link's token in hexadecimal digits: the store does not know the link
 * @param sentAt when it was sent
 * @param redirects where its reader is sent afterwards; nothing: a page of this server
 */
public record Confirmation(String tokenDigest, Instant sentAt, Optional<Redirects> redirects) {

    /** In the server's own words. */
    public Confirmation(String tokenDigest, Instant sentAt) {
        this(tokenDigest, sentAt, Optional.empty());
    }

    /** How long a link is good (SES: 24 hours). */
    public static final Duration VALID = Duration.ofHours(24);

    public boolean isOver(Instant now) {
        return !now.isBefore(sentAt.plus(VALID));
    }
}
