package io.waypost.rules;

import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * One action family: reads it from a rule file and carries it out.
 *
 * <p>Handlers are shared by all threads. {@link #perform} is called on a virtual thread and may block; the caller bounds how
 * many run at once for each destination.
 *
 * @param <A> the family's record
 */
public interface ActionHandler<A extends Action> {

    /** The key in a rule file, and the name in metrics. */
    String type();

    /** The family's record. */
    Class<A> actionClass();

    /**
     * Reads the value behind the key. Reports every fault through the fields' or node's problems and answers nothing when there
     * is no usable action. {@code node.fields(problems)} is for mappings; a plain word is allowed where the page of the action
     * says so.
     */
    Optional<A> read(Node node, Problems problems);

    /**
     * Carries the action out for one mail. The same effect may come again, after a crash or a lost answer, with the same key: what it
     * does must be the same and recognisable.
     *
     * <p>Never answers Done before the other side has promised to keep it. An exception counts as {@link Outcome.Retry} with its
     * class and message as the detail, so messages must hold no secret.
     */
    Outcome perform(A action, Effect effect) throws Exception;

    /**
     * The give-up window is over and the last attempt failed: the last chance to tell somebody before the effect is dead.
     *
     * @return the outcome to record instead of death (the sender was told), or nothing: the effect is dead, its bytes kept
     */
    default Optional<Outcome> givingUp(A action, Effect effect, String reason) throws Exception {
        return Optional.empty();
    }

    /**
     * When the effect's time runs out, where it has an end of its own: it is tried at that moment at the latest, however long the
     * pauses between attempts have become.
     */
    default Optional<Instant> end(A action, Effect effect) {
        return Optional.empty();
    }

    /** How many effects may be on the way to the action's destination at once. */
    default int concurrency(A action) {
        return 32;
    }
}
