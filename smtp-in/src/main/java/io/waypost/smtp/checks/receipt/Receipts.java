package io.waypost.smtp.checks.receipt;

import io.waypost.message.MessageId;
import io.waypost.message.dkim.Canonicalization;
import io.waypost.message.header.HeaderBlock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Makes and checks receipts: 56 characters of base64 that only who has the key can make. A receipt holds a version, the mail's id with
 * the millisecond of its acceptance in it, and the first 16 bytes of an HMAC-SHA256 (RFC 2104 5) over both and over the fields by which
 * people know a mail. So it fits one mail and cannot be put on another one. Safe for all threads.
 */
public final class Receipts {

    /** The field that holds it. */
    public static final String NAME = "X-SES-RECEIPT";

    private static final byte VERSION = 1;
    private static final int ID_BYTES = 25;
    private static final int MAC_BYTES = 16;
    private static final int LENGTH = 56;
    private static final String ALGORITHM = "HmacSHA256";
    private static final Set<String> BOUND = Set.of("from", "to", "cc", "subject", "date", "message-id");

    private final SecretKey key;

    /** @param key for this purpose alone */
    public Receipts(SecretKey key) {
        this.key = key;
    }

    /**
     * The receipt of a mail.
     *
     * @param header the mail's; other fields than From, To, Cc, Subject, Date and Message-ID may be missing or be added
     */
    public String of(MessageId id, HeaderBlock header) {
        byte[] token = Arrays.copyOf(new byte[] {VERSION}, 1 + ID_BYTES + MAC_BYTES);
        System.arraycopy(id.bytes(), 0, token, 1, ID_BYTES);
        System.arraycopy(mac(token, header), 0, token, 1 + ID_BYTES, MAC_BYTES);
        return Base64.getEncoder().encodeToString(token);
    }

    /**
     * The id under which this server received a mail; empty when the receipt is not ours, belongs to another mail, or the fields that it
     * is bound to were changed.
     *
     * @param receipt the field's value
     */
    public Optional<MessageId> verified(String receipt, HeaderBlock header) {
        if (receipt.length() != LENGTH) {
            return Optional.empty();
        }
        byte[] token;
        try {
            token = Base64.getDecoder().decode(receipt);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (token.length != 1 + ID_BYTES + MAC_BYTES || token[0] != VERSION) {
            return Optional.empty();
        }
        byte[] given = Arrays.copyOfRange(token, 1 + ID_BYTES, token.length);
        byte[] ours = Arrays.copyOf(mac(token, header), MAC_BYTES);
        return MessageDigest.isEqual(ours, given)
                ? Optional.of(MessageId.of(Arrays.copyOfRange(token, 1, 1 + ID_BYTES)))
                : Optional.empty();
    }

    private byte[] mac(byte[] token, HeaderBlock header) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(token, 0, 1 + ID_BYTES);
            for (HeaderBlock.Field field : header.fields()) {
                if (BOUND.contains(field.name().toLowerCase(Locale.ROOT))) {
                    // Each ends with CR LF and holds none: no two headers give the same octets.
                    mac.update(Canonicalization.RELAXED.field(header.bytes(field)));
                }
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Complete line of the field, ended by CR LF. */
    static String field(String receipt) {
        return NAME + ": " + receipt + "\r\n";
    }

    static byte[] octets(String fields) {
        return fields.getBytes(StandardCharsets.US_ASCII);
    }
}
