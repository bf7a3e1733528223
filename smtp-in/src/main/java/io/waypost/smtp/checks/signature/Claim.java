package io.waypost.smtp.checks.signature;

import io.waypost.smtp.checks.syntax.MalformedException;
import java.util.Base64;

/**
 * Who says to have signed, and how: what DKIM-Signature, ARC-Message-Signature and ARC-Seal have in common.
 *
 * @param domain {@code d=}, in A-labels
 * @param selector {@code s=}, in A-labels
 * @param signature {@code b=}, not to be changed
 */
public record Claim(Algorithm algorithm, String domain, String selector, byte[] signature) {

    /** In base64: twice what an RSA key of 8192 bits needs. */
    private static final int LONGEST_BASE64 = 4096;

    public static Claim of(TagList tags) throws MalformedException {
        String algorithm = tags.required("a");
        return new Claim(
                Algorithm.of(algorithm)
                        .orElseThrow(() -> new MalformedException("unknown algorithm " + Text.quoted(algorithm))),
                SignerName.domain(tags.required("d")),
                SignerName.selector(tags.required("s")),
                base64(tags, "b"));
    }

    /** Base64 with folding white space in it (RFC 6376 2.10). */
    static byte[] base64(TagList tags, String name) throws MalformedException {
        String text = Text.withoutWhiteSpace(tags.required(name));
        if (text.length() > LONGEST_BASE64) {
            throw new MalformedException(name + "= is longer than " + LONGEST_BASE64 + " characters");
        }
        if (text.isEmpty()) {
            throw new MalformedException(name + "= is empty");
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(name + "= is not base64");
        }
    }

    /** Where the key is (RFC 6376 3.6.2.1). */
    String keyName() {
        return selector + "._domainkey." + domain;
    }
}
