package io.waypost.smtp.checks.signature;

/**
 * The SHA-256 of a canonicalized body, or of its beginning.
 *
 * @param digest 32 octets, not to be changed
 * @param hashed how many octets were hashed
 * @param total how many there were
 */
public record BodyHash(byte[] digest, long hashed, long total) {

    /** Whether octets follow that were not hashed ({@code l=}, RFC 6376 8.2). */
    public boolean isPartial() {
        return hashed < total;
    }
}
