package io.waypost.actions.notification;

import io.waypost.message.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Signs envelopes with the server's key (SNS' Signature: RSA PKCS #1 v1.5). Shared by all threads. */
public final class EnvelopeSigner {

    // The subscribers of a publication are told at about the same time, and each of many publications.
    private static final int KEPT = 1024;

    private final Supplier<SigningKey> key;
    private final Map<Signed, String> made = new ConcurrentHashMap<>();

    /** @param sum of what was signed */
    private record Signed(Topic.Signature with, String certificateUrl, String sum) {}

    /**
     * What it signs with.
     *
     * @param key an RSA key
     * @param certificateUrl where its certificate is served
     */
    public record SigningKey(PrivateKey key, String certificateUrl) {

        @Override
        public String toString() {
            return "SigningKey[" + certificateUrl + "]";
        }
    }

    /** @param key asked for with each envelope; may take its time, and fail, the first time */
    public EnvelopeSigner(Supplier<SigningKey> key) {
        this.key = key;
    }

    String certificateUrl() {
        return key.get().certificateUrl();
    }

    /** The signature in base64. One that was made a short while ago for the same text is given again. */
    public String sign(Topic.Signature with, String text) {
        SigningKey current = key.get();
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (made.size() >= KEPT) {
            made.clear();
        }
        return made.computeIfAbsent(
                new Signed(with, current.certificateUrl(), sum(octets)), signed -> made(signed, current, octets));
    }

    private static String sum(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String made(Signed signed, SigningKey with, byte[] octets) {
        try {
            Signature signature = Signature.getInstance(signed.with().algorithm());
            signature.initSign(with.key());
            signature.update(octets);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the key for envelopes cannot sign with " + signed.with().algorithm(), e);
        }
    }
}
