package io.waypost.smtp.checks.signature;

import io.waypost.message.dkim.BodyCanonicalizer;
import io.waypost.message.dkim.Canonicalization;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;

/** Builds a signature field of whatever tags, and signs it. */
public final class SignatureField {

    private final String name;
    private final TestKey key;
    private final Map<String, String> tags = new LinkedHashMap<>();
    private String separator = ";\r\n ";
    private String equals = "=";
    private String end = "";
    private boolean bare;

    public SignatureField(String name, TestKey key) {
        this.name = name;
        this.key = key;
    }

    public SignatureField tag(String tag, String value) {
        tags.put(tag, value);
        return this;
    }

    public SignatureField without(String tag) {
        tags.remove(tag);
        bare |= tag.equals("b");
        return this;
    }

    /** What stands between two tags, semicolon included. */
    public SignatureField separator(String text) {
        separator = text;
        return this;
    }

    /** What stands between a tag's name and its value. */
    public SignatureField equalsSign(String text) {
        equals = text;
        return this;
    }

    /** What stands behind the last tag. */
    public SignatureField end(String text) {
        end = text;
        return this;
    }

    public String get(String tag, String otherwise) {
        return tags.getOrDefault(tag, otherwise);
    }

    public TestKey key() {
        return key;
    }

    /** The field with its line end; {@code b=} stands where it was put, at the end if it was not. */
    public String signed(UnaryOperator<byte[]> signedOctets) {
        if (bare) {
            return text();
        }
        boolean given = !tags.getOrDefault("b", "").isEmpty();
        tags.putIfAbsent("b", "");
        byte[] octets = signedOctets.apply(TestMail.octets(text()));
        if (!given) {
            tags.put("b", folded(Base64.getEncoder().encodeToString(key.sign(octets))));
        }
        return text();
    }

    private String text() {
        StringJoiner joined = new StringJoiner(separator, name + ": ", end + "\r\n");
        tags.forEach((tag, value) -> joined.add(tag + equals + value));
        return joined.toString();
    }

    static String folded(String base64) {
        return base64.replaceAll("(.{60})(?=.)", "$1\r\n ");
    }

    /** Puts in the {@code bh=} of a mail's body. */
    public void bodyHash(Canonicalization form, TestMail mail) {
        tag("bh", bodyHash(form, TestMail.octets(mail.body()), Long.MAX_VALUE));
    }

    /** {@code bh=} of a body. */
    static String bodyHash(Canonicalization form, byte[] body, long length) {
        ByteArrayOutputStream canonical = new ByteArrayOutputStream();
        BodyCanonicalizer canonicalizer = form.body(canonical::write);
        canonicalizer.update(body, 0, body.length);
        canonicalizer.finish();
        int hashed = (int) Math.min(length, canonical.size());
        var digest = Hashing.sha256();
        digest.update(canonical.toByteArray(), 0, hashed);
        return Base64.getEncoder().encodeToString(digest.digest());
    }
}
