package io.waypost.rules.run;

import io.waypost.message.Outcome;
import io.waypost.rules.Action;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.ActionHandlers;
import io.waypost.rules.Effect;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Carries out actions by the family they belong to. */
public final class ActionRegistry {

    private final ActionHandlers handlers;

    public ActionRegistry(ActionHandlers handlers) {
        this.handlers = handlers;
    }

    Set<String> types() {
        return handlers.types();
    }

    Outcome perform(Action action, Effect effect) throws Exception {
        return performWith(handler(action), action, effect);
    }

    Optional<Outcome> givingUp(Action action, Effect effect, String reason) throws Exception {
        return givingUpWith(handler(action), action, effect, reason);
    }

    Optional<Instant> end(Action action, Effect effect) {
        return endWith(handler(action), action, effect);
    }

    int concurrency(Action action) {
        return concurrencyWith(handler(action), action);
    }

    private ActionHandler<?> handler(Action action) {
        return handlers.find(action.type())
                .orElseThrow(() -> new IllegalStateException("no action family of type " + action.type()));
    }

    private static <A extends Action> Outcome performWith(ActionHandler<A> handler, Action action, Effect effect)
            throws Exception {
        return handler.perform(handler.actionClass().cast(action), effect);
    }

    private static <A extends Action> Optional<Outcome> givingUpWith(
            ActionHandler<A> handler, Action action, Effect effect, String reason) throws Exception {
        return handler.givingUp(handler.actionClass().cast(action), effect, reason);
    }

    private static <A extends Action> Optional<Instant> endWith(
            ActionHandler<A> handler, Action action, Effect effect) {
        return handler.end(handler.actionClass().cast(action), effect);
    }

    private static <A extends Action> int concurrencyWith(ActionHandler<A> handler, Action action) {
        return handler.concurrency(handler.actionClass().cast(action));
    }
}
