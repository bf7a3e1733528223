package io.waypost.smtp.checks.receipt;

import io.waypost.message.dkim.Canonicalization;
import io.waypost.message.dkim.SigningKey;
import io.waypost.message.header.HeaderBlock;
import io.waypost.smtp.checks.signature.SignedFields;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Signs a received mail as DKIM does (RFC 6376, RFC 8463), in a field of another name: with that name changed to DKIM-Signature any
 * verifier takes it. Safe for all threads.
 */
public final class ReceivedSignature {

    /** The field that holds it. */
    public static final String NAME = "X-SES-DKIM-SIGNATURE";

    /** How the body is hashed for it. */
    public static final Canonicalization BODY = Canonicalization.SIMPLE;

    // As Amazon SES has them.
    private static final String SIGNED =
            "From:To:Cc:Bcc:Subject:Date:Message-ID:MIME-Version:Content-Type:" + Receipts.NAME;
    private static final List<String> NAMES =
            Stream.of(SIGNED.toLowerCase(Locale.ROOT).split(":", -1)).toList();

    private final SigningKey key;

    /** @param key Ed25519 */
    public ReceivedSignature(SigningKey key) {
        this.key = key;
    }

    /**
     * Complete lines of the field, ended by CR LF.
     *
     * @param receipt the receipt's field as it will stand above {@code header}
     * @param header as it is stored
     * @param bodyHash of the body's form {@link #BODY}
     * @param at when the mail was accepted
     */
    String field(String receipt, byte[] header, byte[] bodyHash, Instant at) {
        Base64.Encoder base64 = Base64.getEncoder();
        String value = " v=1; a=ed25519-sha256; q=dns/txt; c=relaxed/" + BODY + ";\r\n s=" + key.selector() + "; d="
                + key.domain().name() + "; t=" + at.getEpochSecond() + ";\r\n h=" + SIGNED + ";\r\n bh="
                + base64.encodeToString(bodyHash) + ";\r\n b=";
        ByteArrayOutputStream signed = new ByteArrayOutputStream(receipt.length() + header.length);
        signed.writeBytes(Receipts.octets(receipt));
        signed.writeBytes(header);
        try {
            byte[] octets = new SignedFields(HeaderBlock.of(signed.toByteArray()))
                    .signedOctets(
                            NAMES,
                            Canonicalization.RELAXED,
                            ("DKIM-Signature:" + value + "\r\n").getBytes(StandardCharsets.US_ASCII));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key.key());
            // RFC 8463 3: the hash is signed, not the octets.
            signature.update(MessageDigest.getInstance("SHA-256").digest(octets));
            return NAME + ":" + value + base64.encodeToString(signature.sign()) + "\r\n";
        } catch (GeneralSecurityException | MalformedException e) {
            throw new IllegalStateException("the key " + key + " cannot sign", e);
        }
    }
}
