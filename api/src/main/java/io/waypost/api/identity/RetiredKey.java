package io.waypost.api.identity;

import java.time.Instant;

/**
 * A key that signs no more, while mail that it signed may be on its way. Its private half is gone.
 *
 * @param publicKey the {@code p=} of its record
 * @param publishedUntil when nobody needs its record any more
 */
public record RetiredKey(KeyType type, String selector, String publicKey, Instant publishedUntil) {

    static RetiredKey of(DkimKey key, Instant publishedUntil) {
        return new RetiredKey(key.type(), key.selector(), key.publicKey(), publishedUntil);
    }
}
