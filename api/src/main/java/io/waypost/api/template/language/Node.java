package io.waypost.api.template.language;

import java.util.List;
import java.util.Optional;

/** A piece of a template. */
sealed interface Node {

    /** Stands in the result as it is. */
    record Words(String text) implements Node {}

    /** The value of an attribute. */
    record Value(Path path) implements Node {}

    /** {@code if}, or {@code unless} where it is turned round. */
    record Condition(Path path, boolean turned, List<Node> then, List<Node> otherwise) implements Node {}

    /**
     * {@code each}.
     *
     * @param item what {@code as |item index|} calls the item
     * @param index what it calls its place
     */
    record Loop(Path path, Optional<String> item, Optional<String> index, List<Node> body, List<Node> otherwise)
            implements Node {}

    /** {@code with}. */
    record Within(Path path, List<Node> body, List<Node> otherwise) implements Node {}

    /** {@code #name}: a loop over a list, else the value as the context, else nothing. */
    record Section(Path path, List<Node> body, List<Node> otherwise) implements Node {}

    /** An inline partial, in its place. */
    record Partial(String name, Optional<Path> context) implements Node {}
}
