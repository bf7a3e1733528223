package io.waypost.config.text;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One value of a YAML text and its place. Scalars are texts; what they mean is decided by whoever reads them, so that
 * {@code no} is a word where a word is wanted.
 */
public sealed interface Node {

    Place place();

    /** A mapping; keys in their order, each once. */
    record Mapping(Place place, Map<String, Node> entries, Map<String, Place> keyPlaces) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(entries);
            keyPlaces = Collections.unmodifiableMap(keyPlaces);
        }
    }

    /** A sequence. */
    record Sequence(Place place, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /**
     * A scalar, with {@code ${NAME}} and {@code ${file:PATH}} already put in.
     *
     * @param text the value; empty for null
     * @param plain written without quotes
     * @param secret part of it came from the environment or a file: never to be shown
     */
    record Scalar(Place place, String text, boolean plain, boolean secret) implements Node {
        public boolean isNull() {
            return plain && (text.isEmpty() || text.equals("null") || text.equals("~"));
        }

        /** Never the text of a secret. */
        @Override
        public String toString() {
            return place + ": " + (secret ? "***" : text);
        }
    }

    /** What a user would call it, for messages: "a mapping", "a list", "a value". */
    default String kind() {
        return switch (this) {
            case Mapping m -> "a mapping";
            case Sequence s -> "a list";
            case Scalar s -> "a value";
        };
    }

    /** The fields of a mapping; complains and answers an empty one when this is something else. */
    default Fields fields(Problems problems) {
        if (this instanceof Mapping mapping) {
            return new Fields(mapping, problems);
        }
        if (!(this instanceof Scalar scalar && scalar.isNull())) {
            problems.add(place(), "a mapping (name: value) is needed here, this is " + kind());
        }
        return new Fields(new Mapping(place(), Map.of(), Map.of()), problems);
    }

    /** The items of a list; a single value counts as a list of one. */
    default List<Node> items() {
        return switch (this) {
            case Sequence s -> s.items();
            case Scalar s when s.isNull() -> List.of();
            default -> List.of(this);
        };
    }

    /** The text of a scalar; complains and answers nothing when this is something else. */
    default Optional<String> text(Problems problems) {
        if (this instanceof Scalar scalar) {
            return Optional.of(scalar.text());
        }
        problems.add(place(), "a value is needed here, this is " + kind());
        return Optional.empty();
    }
}
