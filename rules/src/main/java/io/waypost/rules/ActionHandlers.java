package io.waypost.rules;

import io.waypost.config.text.Nearest;
import io.waypost.config.text.Node;
import io.waypost.config.text.Place;
import io.waypost.config.text.Problems;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The action families there are, by the key they have in a rule file. Immutable. */
public final class ActionHandlers {

    private final Map<String, ActionHandler<?>> byType;

    /**
     * @throws IllegalArgumentException when two handlers have one type
     */
    public ActionHandlers(Collection<? extends ActionHandler<?>> handlers) {
        Map<String, ActionHandler<?>> map = new LinkedHashMap<>();
        for (ActionHandler<?> handler : handlers) {
            if (map.put(handler.type(), handler) != null) {
                throw new IllegalArgumentException("two handlers for the action '" + handler.type() + "'");
            }
        }
        this.byType = Collections.unmodifiableMap(map);
    }

    public Optional<ActionHandler<?>> find(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    public Set<String> types() {
        return byType.keySet();
    }

    /**
     * Reads one item of a rule's {@code actions}: {@code - s3: {...}}, or {@code - stop} for an action about which nothing
     * has to be said. Answers nothing only when it reported a problem, so that no action is ever left out in silence.
     */
    public Optional<Action> read(Node item, Problems problems) {
        if (item instanceof Node.Mapping mapping && mapping.entries().size() == 1) {
            Map.Entry<String, Node> entry =
                    mapping.entries().entrySet().iterator().next();
            Place place = mapping.keyPlaces().getOrDefault(entry.getKey(), mapping.place());
            return read(entry.getKey(), place, entry.getValue(), problems);
        }
        if (item instanceof Node.Scalar word && !word.isNull()) {
            return read(word.text(), word.place(), new Node.Scalar(word.place(), "", true, false), problems);
        }
        problems.add(
                item.place(),
                item instanceof Node.Mapping mapping && mapping.entries().size() > 1
                        ? "an action has one name, here are "
                                + String.join(", ", mapping.entries().keySet())
                                + "; put a '- ' before each action, and what belongs to an action inside its { }"
                        : "an action is a name and its settings: '- s3: { bucket: mail }'");
        return Optional.empty();
    }

    private Optional<Action> read(String type, Place place, Node value, Problems problems) {
        ActionHandler<?> handler = byType.get(type);
        if (handler == null) {
            problems.add(place, "unknown action '" + type + "'" + Nearest.hint(type, byType.keySet()));
            return Optional.empty();
        }
        int before = problems.all().size();
        Optional<? extends Action> action = handler.read(value, problems);
        if (action.isEmpty() && problems.all().size() == before) {
            problems.add(place, "the action '" + type + "' cannot be used as it stands here");
        }
        return action.map(Action.class::cast);
    }
}
