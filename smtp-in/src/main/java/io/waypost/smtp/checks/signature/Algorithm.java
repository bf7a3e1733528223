package io.waypost.smtp.checks.signature;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a signature is made ({@code a=}). */
public enum Algorithm {
    /** RFC 6376 3.3.2. */
    RSA_SHA256("rsa-sha256", "rsa", "sha256"),
    /** RFC 8463 3: Ed25519 over the SHA-256 of what is signed. */
    ED25519_SHA256("ed25519-sha256", "ed25519", "sha256"),
    /** Known, never good: RFC 8301 3.1. */
    RSA_SHA1("rsa-sha1", "rsa", "sha1");

    private final String word;
    private final String keyType;
    private final String hash;

    Algorithm(String word, String keyType, String hash) {
        this.word = word;
        this.keyType = keyType;
        this.hash = hash;
    }

    /** The algorithm of a word, in any case. */
    public static Optional<Algorithm> of(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.word.equals(lower))
                .findFirst();
    }

    /** {@code k=} of its keys. */
    public String keyType() {
        return keyType;
    }

    /** {@code h=} of its keys. */
    public String hash() {
        return hash;
    }

    /** The word of {@code a=}. */
    @Override
    public String toString() {
        return word;
    }
}
