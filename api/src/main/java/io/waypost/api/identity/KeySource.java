package io.waypost.api.identity;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Makes RSA keys. Safe for all threads. */
@FunctionalInterface
public interface KeySource {

    /** A new pair, encoded as PKCS #8 and SubjectPublicKeyInfo; may take a second. */
    KeyPair pair(int bits);

    /** The JDK's. */
    static KeySource of(SecureRandom random) {
        return bits -> {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(bits, random);
                return generator.generateKeyPair();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK makes RSA keys", e);
            }
        };
    }
}
