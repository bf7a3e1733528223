package io.waypost.message.sending;

import io.waypost.message.EmailAddress;
import io.waypost.message.MessageId;
import io.waypost.message.Scope;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens of links that end a subscription (RFC 8058). A token says all that is needed, so that a link works for as long as the list is
 * there, and is signed, so that nobody else can end one. Safe for all threads.
 */
public final class UnsubscribeLinks {

    private static final int SUM_BYTES = 16;
    private static final int LONGEST = 2_000;
    private static final String BETWEEN = "\n";

    private final SecretKeySpec key;

    /** @param key at least 32 octets, of this server alone and for this use alone */
    public UnsubscribeLinks(byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException("a key of " + key.length + " octets is too short");
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /**
     * What a link ends.
     *
     * @param mail the mail that it stood in
     */
    public record Subscription(
            Scope scope, String list, Optional<String> topic, EmailAddress contact, MessageId mail) {}

    /** A text of letters, digits, hyphens, underscores and one dot. */
    public String token(Subscription subscription) {
        String text = String.join(
                BETWEEN,
                subscription.scope().account(),
                subscription.scope().region(),
                subscription.list(),
                subscription.topic().orElse(""),
                subscription.mail().value(),
                subscription.contact().toString());
        byte[] said = text.getBytes(StandardCharsets.UTF_8);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(said) + "." + base64.encodeToString(sum(said));
    }

    /** What a token says; empty when it was not made here. */
    public Optional<Subscription> read(String token) {
        int dot = token.indexOf('.');
        if (dot < 0 || token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] said = Base64.getUrlDecoder().decode(token.substring(0, dot));
            byte[] sum = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            return MessageDigest.isEqual(sum, sum(said)) ? Optional.of(subscription(said)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Subscription subscription(byte[] said) {
        String[] parts = new String(said, StandardCharsets.UTF_8).split(BETWEEN, 6);
        return new Subscription(
                new Scope(parts[0], parts[1]),
                parts[2],
                Optional.of(parts[3]).filter(topic -> !topic.isEmpty()),
                EmailAddress.of(parts[5]),
                new MessageId(parts[4]));
    }

    private byte[] sum(byte[] said) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(said), SUM_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
