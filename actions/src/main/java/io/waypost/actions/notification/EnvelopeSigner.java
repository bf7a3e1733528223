package io.waypost.actions.notification;

import io.waypost.message.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.function.Supplier;

/** Signs envelopes with the server's key (SNS' Signature: RSA PKCS #1 v1.5). Shared by all threads. */
public final class EnvelopeSigner {

    private final Supplier<SigningKey> key;

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

    /** The signature in base64. */
    String sign(Topic.Signature with, String text) {
        try {
            Signature signature = Signature.getInstance(with.algorithm());
            signature.initSign(key.get().key());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key for envelopes cannot sign with " + with.algorithm(), e);
        }
    }
}
