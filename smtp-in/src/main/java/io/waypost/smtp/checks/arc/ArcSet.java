package io.waypost.smtp.checks.arc;

import io.waypost.message.header.HeaderBlock.Field;
import io.waypost.smtp.checks.signature.TagList;

/** What one server added (RFC 8617 4.2): three fields with the same instance. */
record ArcSet(int instance, Part<Claims> results, Part<TagList> message, Part<Seal> seal) {

    /** A field, and what was read from it. */
    record Part<T>(Field field, T content) {}

    Sealer sealer() {
        return new Sealer(
                instance,
                seal.content().claim().domain(),
                seal.content().claim().selector(),
                results.content().payload());
    }
}
