package io.waypost.actions.stop;

import io.waypost.message.Disposition;
import io.waypost.rules.Action;

/**
 * Ends the rule, or the rule set (SES StopAction with scope RuleSet).
 *
 * @param disposition STOP_RULE or STOP_RULE_SET
 */
public record StopAction(Disposition disposition) implements Action {

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

    /** It goes nowhere. */
    @Override
    public String destination() {
        return "";
    }

    @Override
    public Flow flow() {
        return new Flow.Stops(disposition);
    }
}
