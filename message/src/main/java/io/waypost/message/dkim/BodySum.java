package io.waypost.message.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a body's relaxed form (RFC 6376 3.7), made while the body passes. For one thread, once. */
public final class BodySum {

    private final MessageDigest digest = sha256();
    private final BodyCanonicalizer canonicalizer = Canonicalization.RELAXED.body(digest::update);

    /** Takes a piece of the body; lines end with CR LF. */
    public void update(byte[] octets, int offset, int length) {
        canonicalizer.update(octets, offset, length);
    }

    /** The 32 octets of {@code bh=}; nothing may come afterwards. */
    public byte[] finish() {
        canonicalizer.finish();
        return digest.digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
