package io.waypost.rules.run;

import io.waypost.message.Disposition;
import io.waypost.message.Plan;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.rules.Rule;
import io.waypost.rules.Rules;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** What the end of a run means for the runs of the same mail that wait for it. Pure. */
final class Waiters {

    private Waiters() {}

    /** Adds the new states of waiting runs: ready when the deciding run lets them go on, skipped when it ended the rule set. */
    static void decided(
            Run decider, Rules ruleSet, Disposition disposition, Instant now, Map<RunKey, RunState> states) {
        List<Plan.PlannedRun> runs = decider.mail().plan().runs();
        Set<Integer> ended = new HashSet<>(Set.of(decider.index()));
        for (int i = decider.index() + 1; i < runs.size(); i++) {
            OptionalInt waitsFor = runs.get(i).waitsFor();
            if (waitsFor.isEmpty() || !ended.contains(waitsFor.getAsInt())) {
                continue;
            }
            RunKey key = new RunKey(decider.mail().id(), i);
            if (disposition == Disposition.STOP_RULE_SET) {
                states.put(key, new RunState.Done(RunState.How.SKIPPED));
                // What waits for a skipped run is skipped with it: nothing will ever wake it.
                ended.add(i);
            } else {
                states.put(key, begun(runs.get(i), ruleSet, now));
            }
        }
    }

    private static RunState begun(Plan.PlannedRun run, Rules ruleSet, Instant now) {
        Rule rule = ruleSet.rule(run.ruleName()).orElseThrow();
        OptionalInt first = FlowSteps.nextCarriedOut(rule, 0);
        return new RunState.Ready(first.orElse(0), 0, now, now, run.destination());
    }
}
