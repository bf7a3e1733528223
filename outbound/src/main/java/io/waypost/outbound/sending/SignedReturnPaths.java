package io.waypost.outbound.sending;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.MessageId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The addresses that lead back here. The return path of each recipient's copy: {@code b-MESSAGEID-RUN-TOKEN@DOMAIN}. What comes back
 * to it names the mail and the recipient by itself (VERP), and the token proves that the mail was sent from here: nobody else can make
 * an address bounce, or complain in its name. And {@code u-MESSAGEID-0-TOKEN@DOMAIN}, mail to which ends the subscription that the mail was sent under.
 *
 * <p>Lower case throughout, because some servers make it so; 64 characters at most (RFC 5321 4.5.3.1.1). Safe for all threads.
 */
public final class SignedReturnPaths {

    // Eighty bits: a guess is one RCPT command, and listeners count those.
    private static final int TOKEN_BYTES = 10;
    private static final Pattern FORM = Pattern.compile("([bu])-([0-9a-v]{40})-([0-9a-v]{1,3})-([0-9a-v]{16})");
    private static final char[] DIGITS = "0123456789abcdefghijklmnopqrstuv".toCharArray();

    private final SecretKeySpec key;

    /** @param key at least 32 octets, of this server alone */
    public SignedReturnPaths(byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException("a key of " + key.length + " octets is too short");
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /**
     * What an address names.
     *
     * @param unsubscribes whether mail to it ends a subscription
     */
    public record Named(MessageId mail, int run, boolean unsubscribes) {}

    /** The return path for a run of a mail. */
    public EmailAddress of(MessageId mail, int run, Domain domain) {
        return signed("b-" + mail.value() + "-" + Integer.toString(run, 32), domain);
    }

    /** The address that ends the subscription under which a mail was sent. */
    public EmailAddress ofUnsubscribing(MessageId mail, Domain domain) {
        return signed("u-" + mail.value() + "-0", domain);
    }

    private EmailAddress signed(String named, Domain domain) {
        return new EmailAddress(named + "-" + token(named, domain), domain);
    }

    /** What the address names; empty when it was not made here. */
    public Optional<Named> read(EmailAddress address) {
        Matcher form = FORM.matcher(address.localPart().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        String named = form.group(1) + "-" + form.group(2) + "-" + form.group(3);
        boolean ours = MessageDigest.isEqual(
                token(named, address.domain()).getBytes(StandardCharsets.US_ASCII),
                form.group(4).getBytes(StandardCharsets.US_ASCII));
        return ours
                ? Optional.of(new Named(
                        new MessageId(form.group(2)),
                        Integer.parseInt(form.group(3), 32),
                        form.group(1).equals("u")))
                : Optional.empty();
    }

    private String token(String named, Domain domain) {
        byte[] sum;
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            sum = mac.doFinal((named + "@" + domain.name()).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
        return base32(Arrays.copyOf(sum, TOKEN_BYTES));
    }

    // Ten octets are sixteen groups of five bits: no padding (RFC 4648 7).
    private static String base32(byte[] octets) {
        StringBuilder text = new StringBuilder(16);
        long bits = 0;
        int have = 0;
        for (byte octet : octets) {
            bits = bits << 8 | octet & 0xff;
            have += 8;
            while (have >= 5) {
                have -= 5;
                text.append(DIGITS[(int) (bits >>> have) & 31]);
            }
        }
        return text.toString();
    }
}
