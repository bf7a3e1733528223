package io.waypost.api.identity;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Makes keys. Safe for all threads. */
public interface KeySource {

    /** A new RSA pair, encoded as PKCS #8 and SubjectPublicKeyInfo; may take a second. */
    KeyPair pair(int bits);

    /** A new Ed25519 pair, encoded alike. */
    KeyPair ed25519();

    /** The JDK's. */
    static KeySource of(SecureRandom random) {
        return new KeySource() {
            @Override
            public KeyPair pair(int bits) {
                return made(KeyType.RSA, bits);
            }

            @Override
            public KeyPair ed25519() {
                // The JDK counts the bits of a coordinate.
                return made(KeyType.ED25519, 255);
            }

            private KeyPair made(KeyType type, int bits) {
                try {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance(type.algorithm());
                    generator.initialize(bits, random);
                    return generator.generateKeyPair();
                } catch (NoSuchAlgorithmException e) {
                    throw new IllegalStateException("every JDK makes keys for " + type, e);
                }
            }
        };
    }
}
