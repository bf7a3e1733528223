package io.waypost.message;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What must happen to a mail: made before it is accepted, committed with it, carried out afterwards.
 *
 * @param ruleSet the version whose rules were matched; the first one, where several accounts receive
 * @param runs the matched rules in order; empty when nothing is to be done (an outcome worth recording, too)
 * @param misses why rules that take one of the recipients did not match all the same: rule name to reason, for the trace
 */
public record Plan(RuleSetVersion ruleSet, List<PlannedRun> runs, Map<String, String> misses) {

    /**
     * One matched rule of one mail. Its actions run in order; runs of one mail are independent of each other unless one
     * waits.
     *
     * @param rule the rule's name; with {@code SET@VERSION:} in front where it is of another rule set than the plan's, because
     *     several accounts receive for a recipient ({@link #qualified})
     * @param recipients the envelope recipients this rule matched
     * @param waitsFor the index in {@link Plan#runs()} of an earlier run whose answer decides whether this one happens
     * @param destination where the first action goes, in the form {@code kind:name}; runs are held back by destination
     */
    public record PlannedRun(String rule, List<EmailAddress> recipients, OptionalInt waitsFor, String destination) {
        public PlannedRun {
            recipients = List.copyOf(recipients);
        }

        /** The rule's name within its set. */
        public String ruleName() {
            return rule.substring(rule.indexOf(':') + 1);
        }

        /**
         * The rule's set.
         *
         * @param plans the plan's own, which holds where the rule's name says nothing else
         */
        public RuleSetVersion ruleSet(RuleSetVersion plans) {
            int colon = rule.indexOf(':');
            return colon < 0 ? plans : RuleSetVersion.of(rule.substring(0, colon));
        }
    }

    /** A rule's name in a plan of another rule set. Names of rules hold no colon. */
    public static String qualified(RuleSetVersion ruleSet, String rule) {
        return ruleSet + ":" + rule;
    }

    public Plan {
        runs = List.copyOf(runs);
        misses = Map.copyOf(misses);
    }
}
