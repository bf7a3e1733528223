package io.waypost.smtp.checks.signature;

import io.waypost.smtp.checks.syntax.DomainName;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Domains and selectors as tags carry them: every octet one character, U-labels in UTF-8 (RFC 8616 5). */
public final class SignerName {

    private static final String BELOW = "._domainkey";

    private SignerName() {}

    /** A domain ready for DNS: lower case, A-labels. */
    public static String domain(String octets) throws MalformedException {
        return name(octets).orElseThrow(() -> new MalformedException("no domain name: " + Text.quoted(octets)));
    }

    /** A selector, likewise. It may be a number, which a domain cannot end with: it is read where it stands. */
    public static String selector(String octets) throws MalformedException {
        String name = name(octets + BELOW)
                .filter(whole -> !octets.endsWith("."))
                .orElseThrow(() -> new MalformedException("no selector: " + Text.quoted(octets)));
        return name.substring(0, name.length() - BELOW.length());
    }

    private static Optional<String> name(String octets) {
        // RFC 6376 3.5: no dot at the end.
        return octets.endsWith(".")
                ? Optional.empty()
                : text(octets).flatMap(DomainName::of).map(DomainName::name);
    }

    private static Optional<String> text(String octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Whether {@code name} is {@code domain} or lies below it; both from {@link #domain}. */
    static boolean isWithin(String name, String domain) {
        return name.equals(domain) || name.endsWith("." + domain);
    }
}
