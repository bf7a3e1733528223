package io.waypost.actions.stop;

import io.waypost.config.text.Nearest;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Disposition;
import io.waypost.message.Outcome;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.util.List;
import java.util.Optional;

/** Reads {@code stop: ruleSet} and {@code stop: rule}. */
public final class StopHandler implements ActionHandler<StopAction> {

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
        Optional<String> word = node.text(problems);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        return switch (word.get()) {
            case "ruleSet" -> Optional.of(new StopAction(Disposition.STOP_RULE_SET));
            case "rule" -> Optional.of(new StopAction(Disposition.STOP_RULE));
            default -> {
                problems.add(
                        node.place(),
                        "'stop': '" + word.get() + "' is neither ruleSet nor rule"
                                + Nearest.hint(word.get(), List.of("ruleSet", "rule")));
                yield Optional.empty();
            }
        };
    }

    @Override
    public Outcome perform(StopAction action, Effect effect) {
        return new Outcome.Done(action.disposition(), "stopped");
    }
}
