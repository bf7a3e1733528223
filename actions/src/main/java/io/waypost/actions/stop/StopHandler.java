package io.waypost.actions.stop;

import io.waypost.actions.ActionNotices;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Nearest;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Disposition;
import io.waypost.message.Outcome;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code stop: ruleSet}, {@code stop: rule} and {@code stop: {scope: ruleSet, topic: NAME}}, and tells the topic. */
public final class StopHandler implements ActionHandler<StopAction> {

    private final ActionNotices notices;

    public StopHandler(ActionNotices notices) {
        this.notices = notices;
    }

    @Override
    public String type() {
        return StopAction.TYPE;
    }

    @Override
    public Class<StopAction> actionClass() {
        return StopAction.class;
    }

    @Override
    public Optional<StopAction> read(Node node, Problems problems) {
        if (!(node instanceof Node.Mapping)) {
            return scope("stop", node, problems).map(scope -> new StopAction(scope, Optional.empty()));
        }
        int before = problems.all().size();
        Fields fields = node.fields(problems);
        fields.required("scope");
        Optional<Disposition> scope = fields.node("scope").flatMap(word -> scope("scope", word, problems));
        Optional<String> topic = notices.topics().optional(fields, "topic");
        fields.finish();
        return problems.all().size() > before ? Optional.empty() : scope.map(which -> new StopAction(which, topic));
    }

    private static Optional<Disposition> scope(String key, Node node, Problems problems) {
        Optional<String> word = node.text(problems);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        return switch (word.get()) {
            case "ruleSet" -> Optional.of(Disposition.STOP_RULE_SET);
            case "rule" -> Optional.of(Disposition.STOP_RULE);
            default -> {
                problems.add(
                        node.place(),
                        "'" + key + "': '" + word.get() + "' is neither ruleSet nor rule"
                                + Nearest.hint(word.get(), List.of("ruleSet", "rule")));
                yield Optional.empty();
            }
        };
    }

    /** Carried out only where a topic is named; otherwise the plan has stopped already. */
    @Override
    public Outcome perform(StopAction action, Effect effect) throws Exception {
        return notices.after(
                new Outcome.Done(action.disposition(), "stopped"), action.topic(), Map.of("type", "Stop"), effect);
    }
}
