package io.waypost.api.identity;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;

/** What a key signs with, and how its record tells. */
public enum KeyType {
    /** RFC 6376 3.3.1: every verifier knows it. */
    RSA("rsa", "RSA") {
        @Override
        byte[] published(byte[] info) {
            return info;
        }
    },
    /** RFC 8463: many do not know it. */
    ED25519("ed25519", "Ed25519") {
        @Override
        byte[] published(byte[] info) {
            // RFC 8463 4.2: the key without what SubjectPublicKeyInfo puts in front of it.
            return Arrays.copyOfRange(info, info.length - 32, info.length);
        }
    };

    private final String word;
    private final String algorithm;

    KeyType(String word, String algorithm) {
        this.word = word;
        this.algorithm = algorithm;
    }

    /** The {@code k=} of the record. */
    public String word() {
        return word;
    }

    /** The name by which the JDK knows it. */
    String algorithm() {
        return algorithm;
    }

    /** The {@code p=} of the record. */
    String publicKey(PublicKey key) {
        return Base64.getEncoder().encodeToString(published(key.getEncoded()));
    }

    /** The octets of {@code p=}, out of a SubjectPublicKeyInfo. */
    abstract byte[] published(byte[] info);

    /** The text of a record (RFC 6376 3.6.1). */
    String recordText(String publicKey) {
        return "v=DKIM1; k=" + word + "; p=" + publicKey;
    }
}
