package io.waypost.message;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What must happen to a mail: made before it is accepted, committed with it, carried out afterwards.
 *
 * @param ruleSet the version whose rules were matched
 * @param runs the matched rules in order; empty when nothing is to be done (an outcome worth recording, too)
 * @param misses why rules that take one of the recipients did not match all the same: rule name to reason, for the trace
 */
public record Plan(RuleSetVersion ruleSet, List<PlannedRun> runs, Map<String, String> misses) {

    /**
     * One matched rule of one mail. Its actions run in order; runs of one mail are independent of each other unless one
     * waits.
     *
     * @param rule the rule's name
     * @param recipients the envelope recipients this rule matched
     * @param waitsFor the index in {@link Plan#runs()} of an earlier run whose answer decides whether this one happens
     * @param destination where the first action goes, in the form {@code kind:name}; runs are held back by destination
     */
    public record PlannedRun(String rule, List<EmailAddress> recipients, OptionalInt waitsFor, String destination) {
        public PlannedRun {
            recipients = List.copyOf(recipients);
        }
    }

    public Plan {
        runs = List.copyOf(runs);
        misses = Map.copyOf(misses);
    }
}
