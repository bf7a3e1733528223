package io.waypost.message.dkim;

import io.waypost.message.header.HeaderBlock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes DKIM-Signature fields (RFC 6376 5, RFC 8463), relaxed/relaxed.
 *
 * <p>Fields that a reader sees or a program acts on are named once more than they stand there: another one put in front on the way
 * breaks the signature instead of being shown (RFC 6376 8.15).
 */
public final class Signer {

    // RFC 6376 5.4.1, without those that lists and forwarders change or add.
    private static final List<String> SIGNED = List.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "subject",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "content-disposition",
            "feedback-id",
            "list-id",
            "list-help",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "list-post",
            "list-owner",
            "list-archive");
    private static final Set<String> NAMED_ONCE_MORE =
            Set.of("from", "to", "subject", "date", "message-id", "mime-version", "content-type");
    private static final int LINE = 74;

    private Signer() {}

    /**
     * One field, line end included, to be put on top of the message.
     *
     * @param header as it will be sent
     * @param bodySum of the body, by {@link BodySum}
     * @param at {@code t=}
     * @throws IllegalArgumentException when the key cannot sign
     */
    public static byte[] sign(SigningKey key, HeaderBlock header, byte[] bodySum, Instant at) {
        List<HeaderBlock.Field> fields = header.fields();
        String algorithm = key.key().getAlgorithm().equals("RSA") ? "rsa-sha256" : "ed25519-sha256";
        StringBuilder field = new StringBuilder(900)
                .append("DKIM-Signature: v=1; a=")
                .append(algorithm)
                .append("; c=relaxed/relaxed; d=")
                .append(key.domain().name())
                .append(";\r\n\ts=")
                .append(key.selector())
                .append("; t=")
                .append(at.getEpochSecond())
                .append(";\r\n\th=");
        List<byte[]> signed = names(header, fields, field);
        field.append(";\r\n\tbh=")
                .append(Base64.getEncoder().encodeToString(bodySum))
                .append(";\r\n\tb=");
        byte[] unsigned = Canonicalization.RELAXED.field((field + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        byte[] signature = signature(key, algorithm, signed, unsigned);
        return folded(field, Base64.getEncoder().encodeToString(signature)).getBytes(StandardCharsets.ISO_8859_1);
    }

    // Of several fields of one name the lowest comes first (RFC 6376 5.4.2).
    private static List<byte[]> names(HeaderBlock header, List<HeaderBlock.Field> fields, StringBuilder out) {
        List<byte[]> signed = new ArrayList<>();
        List<String> there = fields.stream()
                .map(field -> field.name().toLowerCase(Locale.ROOT))
                .toList();
        int lineStart = out.length();
        boolean first = true;
        for (String name : SIGNED) {
            int found = 0;
            for (int i = fields.size() - 1; i >= 0; i--) {
                if (there.get(i).equals(name)) {
                    signed.add(Canonicalization.RELAXED.field(header.bytes(fields.get(i))));
                    found++;
                }
            }
            int times = found > 0 && NAMED_ONCE_MORE.contains(name) ? found + 1 : found;
            for (int i = 0; i < times; i++) {
                if (!first) {
                    out.append(':');
                }
                if (out.length() - lineStart + name.length() > LINE) {
                    out.append("\r\n\t ");
                    lineStart = out.length();
                }
                out.append(name);
                first = false;
            }
        }
        return signed;
    }

    private static byte[] signature(SigningKey key, String algorithm, List<byte[]> signed, byte[] unsigned) {
        try {
            boolean rsa = algorithm.equals("rsa-sha256");
            Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519");
            signature.initSign(key.key());
            if (rsa) {
                for (byte[] field : signed) {
                    signature.update(field);
                }
                signature.update(unsigned, 0, unsigned.length - 2);
            } else {
                // RFC 8463 3: Ed25519 signs the hash, not the octets.
                var digest = BodySum.sha256();
                signed.forEach(digest::update);
                digest.update(unsigned, 0, unsigned.length - 2);
                signature.update(digest.digest());
            }
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key " + key + " cannot sign", e);
        }
    }

    private static String folded(StringBuilder field, String base64) {
        for (int at = 0; at < base64.length(); at += LINE) {
            if (at > 0) {
                field.append("\r\n\t ");
            }
            field.append(base64, at, Math.min(at + LINE, base64.length()));
        }
        return field.append("\r\n").toString();
    }
}
