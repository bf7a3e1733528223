package io.waypost.smtp.checks.signature;

import io.waypost.smtp.checks.syntax.MalformedException;
import java.util.List;
import java.util.Optional;

/**
 * A key record (RFC 6376 3.6.1).
 *
 * @param type {@code k=}
 * @param key {@code p=} without white space; empty when the key was revoked
 * @param hashes {@code h=}; empty when all are acceptable
 * @param services {@code s=}
 * @param testing {@code t=y}: the domain is trying out
 * @param strict {@code t=s}: {@code i=} must be of the very domain
 */
public record KeyRecord(
        String type, String key, List<String> hashes, List<String> services, boolean testing, boolean strict) {

    /** An RSA key of 16384 bits needs 2,800. */
    private static final int LONGEST = 8192;

    public KeyRecord {
        hashes = List.copyOf(hashes);
        services = List.copyOf(services);
    }

    public static KeyRecord of(String text) throws MalformedException {
        if (text.length() > LONGEST) {
            throw new MalformedException("the key record is longer than " + LONGEST + " characters");
        }
        TagList tags = TagList.of(text);
        Optional<TagList.Tag> version = tags.tag("v");
        if (version.isPresent()
                && !(version.get().value().equals("DKIM1")
                        && tags.tags().iterator().next().equals(version.get()))) {
            throw new MalformedException("the key record does not begin with v=DKIM1");
        }
        List<String> flags = list(tags, "t");
        return new KeyRecord(
                tags.value("k").orElse("rsa"),
                Text.withoutWhiteSpace(tags.required("p")),
                list(tags, "h"),
                tags.has("s") ? list(tags, "s") : List.of("*"),
                flags.contains("y"),
                flags.contains("s"));
    }

    private static List<String> list(TagList tags, String name) {
        return tags.value(name).map(Text::list).orElse(List.of());
    }

    /** Why the key cannot be used for a signature, whatever its octets are (RFC 6376 6.1.2). */
    Optional<String> objection(Claim claim, String identityDomain) {
        if (key.isEmpty()) {
            return Optional.of("the key was revoked");
        }
        if (!type.equalsIgnoreCase(claim.algorithm().keyType())) {
            return Optional.of("the key is " + Text.quoted(type) + ", the signature "
                    + claim.algorithm().keyType());
        }
        if (!hashes.isEmpty() && !hashes.contains(claim.algorithm().hash())) {
            return Optional.of("the key is not for " + claim.algorithm().hash());
        }
        if (!services.contains("*") && !services.contains("email")) {
            return Optional.of("the key is not for email");
        }
        if (strict && !identityDomain.equals(claim.domain())) {
            return Optional.of("the key is not for subdomains (t=s)");
        }
        return Optional.empty();
    }
}
