package io.waypost.api.aws.model;

import java.util.List;
import java.util.Optional;

/** The type of a value in an API's model, with its limits. Immutable; no shape contains itself. */
public sealed interface Shape {

    /** The name in the model. */
    String name();

    /** Members by name. Values are {@link Struct}. */
    record Structure(String name, Members members, boolean union) implements Shape {}

    /** Values are {@code List}. */
    record Listed(String name, Shape member, Limits size) implements Shape {}

    /**
     * Values are {@code Map<String, ...>}.
     *
     * @param keyName what a key is called in the Query protocol
     * @param valueName what a value is called there
     */
    record Mapped(String name, Text key, Shape value, String keyName, String valueName, Limits size) implements Shape {}

    /**
     * Values are {@code String}.
     *
     * @param length in code points
     * @param words the only values, in the model's order; empty when there is no such list
     */
    record Text(String name, Limits length, Optional<TextPattern> pattern, List<String> words) implements Shape {}

    /**
     * Values are {@code Long} when it is wide, {@code Integer} otherwise.
     *
     * @param value inclusive
     */
    record Whole(String name, boolean wide, Limits value) implements Shape {}

    /** Values are {@code Double}, and finite. */
    record Decimal(String name, Limits value) implements Shape {}

    /** Values are {@code Boolean}. */
    record Flag(String name) implements Shape {}

    /**
     * Values are {@code byte[]}.
     *
     * @param length in octets
     */
    record Octets(String name, Limits length) implements Shape {}

    /** Values are {@code Instant}. */
    record Moment(String name) implements Shape {}
}
