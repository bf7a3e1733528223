package io.waypost.smtp.checks.signature;

import io.waypost.message.dkim.Canonicalization;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A signature over header fields and body: a DKIM-Signature (RFC 6376 3.5) or an ARC-Message-Signature (RFC 8617 4.1.2).
 *
 * @param headerForm how header fields are canonicalized
 * @param bodyForm how the body is
 * @param bodyHash {@code bh=}, not to be changed
 * @param bodyLength {@code l=}
 * @param signedNames {@code h=}, lower case, repeated as they stand
 * @param identity {@code i=} of DKIM
 * @param signed {@code t=}
 * @param expires {@code x=}
 */
public record MessageSignature(
        Claim claim,
        Canonicalization headerForm,
        Canonicalization bodyForm,
        byte[] bodyHash,
        OptionalLong bodyLength,
        List<String> signedNames,
        Optional<Identity> identity,
        Optional<Instant> signed,
        Optional<Instant> expires) {

    public static final String DKIM_FIELD = "DKIM-Signature";
    public static final String ARC_FIELD = "ARC-Message-Signature";

    /** More than any header has different fields, with room for oversigning. */
    public static final int MOST_NAMES = 256;

    public MessageSignature {
        signedNames = List.copyOf(signedNames);
    }

    /** Reads a DKIM-Signature field. */
    public static MessageSignature ofDkim(TagList tags) throws MalformedException {
        String version = tags.required("v");
        if (!version.equals("1")) {
            throw new MalformedException("unknown version " + Text.quoted(version));
        }
        Optional<String> identity = tags.value("i");
        MessageSignature signature =
                of(tags, identity.isPresent() ? Optional.of(Identity.of(identity.get())) : Optional.empty());
        if (signature
                .identity()
                .filter(i -> !SignerName.isWithin(i.domain(), signature.claim().domain()))
                .isPresent()) {
            throw new MalformedException("i= does not lie within d=");
        }
        return signature;
    }

    /** Reads an ARC-Message-Signature field; its instance is {@link #instance}. */
    public static MessageSignature ofArc(TagList tags) throws MalformedException {
        return of(tags, Optional.empty());
    }

    /** {@code i=} of the fields of ARC (RFC 8617 4.2.1): 1 to 50. */
    public static int instance(TagList tags) throws MalformedException {
        return instance(tags.required("i"));
    }

    /** An instance from its digits. */
    public static int instance(String text) throws MalformedException {
        int instance = text.length() <= 2 && isDigits(text) ? Integer.parseInt(text) : 0;
        if (instance < 1 || instance > BodyHashes.MOST_ARC_SETS) {
            throw new MalformedException("the instance " + Text.quoted(text) + " is not one of 1 to 50");
        }
        return instance;
    }

    private static MessageSignature of(TagList tags, Optional<Identity> identity) throws MalformedException {
        Claim claim = Claim.of(tags);
        byte[] bodyHash = Claim.base64(tags, "bh");
        List<String> names = names(tags.required("h"));
        if (!names.contains("from")) {
            // RFC 6376 5.4.
            throw new MalformedException("h= does not sign From");
        }
        if (Text.list(tags.value("q").orElse("dns/txt")).stream().noneMatch("dns/txt"::equalsIgnoreCase)) {
            throw new MalformedException("q= knows no dns/txt");
        }
        // RFC 6376 3.5: simple/simple when there is none, the body simple when only the header's form is said.
        String forms = tags.value("c").orElse("simple");
        int slash = forms.indexOf('/');
        Optional<Instant> signed = time(tags, "t");
        Optional<Instant> expires = time(tags, "x");
        if (signed.isPresent() && expires.isPresent() && !expires.get().isAfter(signed.get())) {
            throw new MalformedException("x= is not after t=");
        }
        return new MessageSignature(
                claim,
                form(slash < 0 ? forms : forms.substring(0, slash)),
                slash < 0 ? Canonicalization.SIMPLE : form(forms.substring(slash + 1)),
                bodyHash,
                bodyLength(tags),
                names,
                identity,
                signed,
                expires);
    }

    private static List<String> names(String value) throws MalformedException {
        List<String> names = Text.list(value.toLowerCase(Locale.ROOT));
        if (names.size() > MOST_NAMES) {
            throw new MalformedException("h= has more than " + MOST_NAMES + " names");
        }
        for (String name : names) {
            if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new MalformedException("h= has no field name: " + Text.quoted(name));
            }
        }
        return names;
    }

    private static Optional<Instant> time(TagList tags, String name) throws MalformedException {
        Optional<String> seconds = tags.value(name);
        if (seconds.isEmpty()) {
            return Optional.empty();
        }
        if (seconds.get().length() > 12 || !isDigits(seconds.get())) {
            throw new MalformedException(name + "= is not a time: " + Text.quoted(seconds.get()));
        }
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds.get())));
    }

    private static OptionalLong bodyLength(TagList tags) throws MalformedException {
        Optional<String> length = tags.value("l");
        if (length.isEmpty()) {
            return OptionalLong.empty();
        }
        if (length.get().length() > 76 || !isDigits(length.get())) {
            throw new MalformedException("l= is not a length: " + Text.quoted(length.get()));
        }
        try {
            return OptionalLong.of(Long.parseLong(length.get()));
        } catch (NumberFormatException e) {
            return OptionalLong.of(Long.MAX_VALUE); // RFC 6376 3.5 allows 76 digits. No body is that long.
        }
    }

    static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Canonicalization form(String word) throws MalformedException {
        return Canonicalization.of(word)
                .orElseThrow(() -> new MalformedException("unknown canonicalization " + Text.quoted(word)));
    }
}
