package io.waypost.actions.notification;

import io.waypost.message.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/** Signs envelopes with the server's key (SNS' Signature: RSA PKCS #1 v1.5). Shared by all threads. */
public final class EnvelopeSigner {

    private final PrivateKey key;
    private final String certificateUrl;

    /**
     * @param key an RSA key
     * @param certificateUrl where its certificate is served
     */
    public EnvelopeSigner(PrivateKey key, String certificateUrl) {
        this.key = key;
        this.certificateUrl = certificateUrl;
    }

    String certificateUrl() {
        return certificateUrl;
    }

    /** The signature in base64. */
    String sign(Topic.Signature with, String text) {
        try {
            Signature signature = Signature.getInstance(with.algorithm());
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key for envelopes cannot sign with " + with.algorithm(), e);
        }
    }
}
