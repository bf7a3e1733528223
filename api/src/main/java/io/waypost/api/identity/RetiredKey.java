package io.waypost.api.identity;

import java.time.Instant;

/**
 * A key that signs no more, while mail that it signed may be on its way. Its private half is gone.
 *
 * @param publicKey the SubjectPublicKeyInfo in base64
 * @param publishedUntil when nobody needs its record any more
 */
public record RetiredKey(String selector, String publicKey, Instant publishedUntil) {}
