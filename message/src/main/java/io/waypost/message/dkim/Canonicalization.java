package io.waypost.message.dkim;

import java.util.Locale;
import java.util.Optional;

/** How much a mail may change on its way without breaking a signature (RFC 6376 3.4). */
public enum Canonicalization {
    /** As it is (3.4.1, 3.4.3). */
    SIMPLE,
    /** White space may change (3.4.2, 3.4.4). */
    RELAXED;

    /** The form that a word of {@code c=} means, in any case. */
    public static Optional<Canonicalization> of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "simple" -> Optional.of(SIMPLE);
            case "relaxed" -> Optional.of(RELAXED);
            default -> Optional.empty();
        };
    }

    /** One raw header field, with the CR LF that ends it. */
    public byte[] field(byte[] field) {
        return switch (this) {
            case SIMPLE -> CanonicalField.simple(field);
            case RELAXED -> CanonicalField.relaxed(field);
        };
    }

    /** A body's canonicalizer that gives its octets to {@code sink}. */
    public BodyCanonicalizer body(OctetSink sink) {
        return switch (this) {
            case SIMPLE -> new SimpleBody(sink);
            case RELAXED -> new RelaxedBody(sink);
        };
    }

    /** The word of {@code c=}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
