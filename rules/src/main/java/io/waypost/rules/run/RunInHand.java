package io.waypost.rules.run;

import io.waypost.message.Run;
import io.waypost.rules.Action;
import io.waypost.rules.Rule;
import io.waypost.rules.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A run while it is carried out: the one immutable body that travels through the routes.
 *
 * @param run as claimed
 * @param ruleSet the version it was planned under
 * @param rule its rule
 * @param action the index of the next action
 * @param attempts how often that action was tried in vain
 * @param since when that action first was due
 * @param revisedBy the action that last replaced the content
 * @param reserved whether a place in the next action's lane is held already
 * @param over whether nothing more is to be done now
 */
public record RunInHand(
        Run run,
        Rules ruleSet,
        Rule rule,
        int action,
        int attempts,
        Instant since,
        OptionalInt revisedBy,
        boolean reserved,
        boolean over) {

    static RunInHand begin(Run run, Rules ruleSet, Rule rule, boolean reserved) {
        return new RunInHand(
                run,
                ruleSet,
                rule,
                run.state().action(),
                run.state().attempts(),
                run.state().since(),
                run.revisedBy(),
                reserved,
                false);
    }

    RunInHand goOnWith(int nextAction, Instant now, OptionalInt newRevisedBy) {
        return new RunInHand(run, ruleSet, rule, nextAction, 0, now, newRevisedBy, false, false);
    }

    RunInHand end() {
        return new RunInHand(run, ruleSet, rule, action, attempts, since, revisedBy, false, true);
    }

    /** The types of the actions still to be visited, in order: what the routing slip is made of. */
    public List<String> typesAhead() {
        List<String> types = new ArrayList<>();
        for (int i = action; i < rule.actions().size(); i++) {
            if (FlowSteps.isCarriedOut(rule.actions().get(i))) {
                types.add(rule.actions().get(i).type());
            }
            if (rule.actions().get(i).flow() instanceof Action.Flow.Stops) {
                break;
            }
        }
        return types;
    }
}
