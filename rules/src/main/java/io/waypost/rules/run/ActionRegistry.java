package io.waypost.rules.run;

import io.waypost.message.Outcome;
import io.waypost.rules.Action;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The action families of this server by type. */
public final class ActionRegistry {

    private final Map<String, ActionHandler<?>> byType = new LinkedHashMap<>();

    public ActionRegistry(Collection<? extends ActionHandler<?>> handlers) {
        for (ActionHandler<?> handler : handlers) {
            if (byType.put(handler.type(), handler) != null) {
                throw new IllegalArgumentException("two action families of type " + handler.type());
            }
        }
    }

    public Set<String> types() {
        return byType.keySet();
    }

    public Collection<ActionHandler<?>> handlers() {
        return byType.values();
    }

    Outcome perform(Action action, Effect effect) throws Exception {
        return performWith(handler(action), action, effect);
    }

    Optional<Outcome> givingUp(Action action, Effect effect, String reason) throws Exception {
        return givingUpWith(handler(action), action, effect, reason);
    }

    int concurrency(Action action) {
        return concurrencyWith(handler(action), action);
    }

    private ActionHandler<?> handler(Action action) {
        ActionHandler<?> handler = byType.get(action.type());
        if (handler == null) {
            throw new IllegalStateException("no action family of type " + action.type());
        }
        return handler;
    }

    private static <A extends Action> Outcome performWith(ActionHandler<A> handler, Action action, Effect effect)
            throws Exception {
        return handler.perform(handler.actionClass().cast(action), effect);
    }

    private static <A extends Action> Optional<Outcome> givingUpWith(
            ActionHandler<A> handler, Action action, Effect effect, String reason) throws Exception {
        return handler.givingUp(handler.actionClass().cast(action), effect, reason);
    }

    private static <A extends Action> int concurrencyWith(ActionHandler<A> handler, Action action) {
        return handler.concurrency(handler.actionClass().cast(action));
    }
}
