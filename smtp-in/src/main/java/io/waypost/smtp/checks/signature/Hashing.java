package io.waypost.smtp.checks.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one hash that signatures may use (RFC 8301 3.1). */
final class Hashing {

    private Hashing() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
