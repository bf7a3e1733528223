package io.waypost.actions.stop;

import io.waypost.message.Disposition;
import io.waypost.rules.Action;
import java.util.Optional;

/**
 * Ends the rule, or the rule set (SES StopAction with scope RuleSet).
 *
 * @param disposition STOP_RULE or STOP_RULE_SET
 * @param topic a topic that is told
 */
public record StopAction(Disposition disposition, Optional<String> topic) implements Action {

    static final String TYPE = "stop";

    public StopAction {
        if (disposition == Disposition.CONTINUE) {
            throw new IllegalArgumentException("a stop stops");
        }
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return topic.map(name -> "topic:" + name).orElse("");
    }

    @Override
    public Flow flow() {
        return new Flow.Stops(disposition, topic.isPresent());
    }
}
