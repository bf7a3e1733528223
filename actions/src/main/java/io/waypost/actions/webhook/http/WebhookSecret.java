package io.waypost.actions.webhook.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret shared with a receiver, and the signature it makes (Standard Webhooks 1.0: HMAC-SHA256 over
 * {@code id.timestamp.body}).
 */
public final class WebhookSecret {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private final SecretKeySpec key;

    private WebhookSecret(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * Reads a secret as an operator writes it.
     *
     * @param text {@code whsec_} and base64, as the standard writes it, or any other text, whose UTF-8 bytes are the key
     * @throws IllegalArgumentException when it is empty, or no base64 follows the prefix
     */
    public static WebhookSecret of(String text) {
        byte[] bytes;
        try {
            bytes = text.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(text.substring(PREFIX.length()))
                    : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The decoder's message would show a character of the secret.
            throw new IllegalArgumentException("what follows " + PREFIX + " is not base64");
        }
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a secret cannot be empty");
        }
        return new WebhookSecret(bytes);
    }

    /** The value of the header {@code webhook-signature}. */
    public String sign(String id, long timestamp, byte[] body) {
        Mac mac = begin(id, timestamp);
        return end(mac.doFinal(body));
    }

    /** The same for a body that is read once for this. */
    public String sign(String id, long timestamp, InputStream body) throws IOException {
        Mac mac = begin(id, timestamp);
        byte[] piece = new byte[64 * 1024];
        int n;
        while ((n = body.read(piece)) >= 0) {
            mac.update(piece, 0, n);
        }
        return end(mac.doFinal());
    }

    private Mac begin(String id, long timestamp) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static String end(byte[] signature) {
        return "v1," + Base64.getEncoder().encodeToString(signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookSecret secret && key.equals(secret.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "WebhookSecret";
    }
}
