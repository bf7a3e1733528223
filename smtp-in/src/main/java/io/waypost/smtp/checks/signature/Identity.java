package io.waypost.smtp.checks.signature;

import io.waypost.smtp.checks.syntax.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * On whose behalf a domain signed ({@code i=}, RFC 6376 3.5).
 *
 * @param localPart empty where there is none, or none that can be shown: only what RFC 5322 calls dot-atom is kept
 * @param domain in A-labels
 */
public record Identity(String localPart, String domain) {

    // It ends up in header fields and logs; what would need quotes there is left out.
    private static final Pattern DOT_ATOM = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}");

    /** From the value of the tag. */
    public static Identity of(String value) throws MalformedException {
        String text = decoded(Text.withoutWhiteSpace(value));
        int at = text.lastIndexOf('@');
        if (at < 0) {
            throw new MalformedException("i= has no @");
        }
        String localPart = text.substring(0, at);
        return new Identity(
                DOT_ATOM.matcher(localPart).matches() ? localPart : "", SignerName.domain(text.substring(at + 1)));
    }

    /** Out of dkim-quoted-printable (RFC 6376 2.11). */
    private static String decoded(String text) throws MalformedException {
        if (text.indexOf('=') < 0) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '=') {
                out.write(text.charAt(i));
            } else if (i + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(i + 1))
                    && HexFormat.isHexDigit(text.charAt(i + 2))) {
                out.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                throw new MalformedException("i= is not quoted-printable");
            }
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /** As RFC 8601 writes {@code header.i}. */
    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
