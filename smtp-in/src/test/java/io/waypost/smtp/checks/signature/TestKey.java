package io.waypost.smtp.checks.signature;

import io.waypost.smtp.testing.FakeDns;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** A domain's key pair, and where its public half is published. */
public record TestKey(Algorithm algorithm, KeyPair pair, String domain, String selector) {

    public static final TestKey RSA = new TestKey(Algorithm.RSA_SHA256, rsa(2048), "example.com", "rsa");
    public static final TestKey RSA_1024 = new TestKey(Algorithm.RSA_SHA256, rsa(1024), "example.com", "short");
    public static final TestKey ED25519 = new TestKey(Algorithm.ED25519_SHA256, ed25519(), "example.com", "ed");

    public static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same pair, published elsewhere. */
    public TestKey at(String otherDomain, String otherSelector) {
        return new TestKey(algorithm, pair, otherDomain, otherSelector);
    }

    /** {@code p=}. */
    public String text() {
        byte[] info = pair.getPublic().getEncoded();
        byte[] published =
                algorithm == Algorithm.ED25519_SHA256 ? Arrays.copyOfRange(info, info.length - 32, info.length) : info;
        return Base64.getEncoder().encodeToString(published);
    }

    public String recordText() {
        return "v=DKIM1; k=" + algorithm.keyType() + "; p=" + text();
    }

    public FakeDns publish(FakeDns dns) {
        return dns.txt(selector + "._domainkey." + domain, recordText());
    }

    public byte[] sign(byte[] octets) {
        try {
            boolean ed25519 = algorithm == Algorithm.ED25519_SHA256;
            Signature signer = Signature.getInstance(ed25519 ? "Ed25519" : "SHA256withRSA");
            signer.initSign(pair.getPrivate());
            signer.update(ed25519 ? MessageDigest.getInstance("SHA-256").digest(octets) : octets);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
