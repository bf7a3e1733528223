package io.waypost.actions.fields;

import io.waypost.config.text.Document;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.rules.Action;
import io.waypost.rules.ActionHandler;
import java.util.Optional;

/**
 * What a handler makes of a text.
 *
 * @param action the action, if the text gave one
 * @param problems the faults, one a line
 */
public record Read<A extends Action>(Optional<A> action, String problems) {

    /** Reads the value behind {@code action:} in a file named r.yaml. */
    public static <A extends Action> Read<A> by(ActionHandler<A> handler, String value) {
        Problems problems = new Problems();
        Node.Mapping root = (Node.Mapping) Document.read("r.yaml", "action: " + value, Substitution.NONE, problems)
                .orElseThrow();
        Optional<A> action = handler.read(root.entries().get("action"), problems);
        return new Read<>(action, problems.toString());
    }
}
