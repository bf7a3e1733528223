package io.waypost.rules.match;

import io.waypost.message.Decision;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Plan;
import io.waypost.message.Verdicts;
import io.waypost.rules.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a rule set says about a mail, rule by rule. Made by the same walk as the decision, so that the two never differ.
 *
 * @param decision what the session and the plan would be
 * @param rules every rule of the set, in order
 */
public record Explanation(Decision decision, List<Answer> rules) {

    /**
     * One rule's answer.
     *
     * @param rule its name
     * @param recipients whom it matched; empty when it did not match
     * @param reason why it did not match; empty when it did
     */
    public record Answer(String rule, List<EmailAddress> recipients, String reason) {

        public Answer {
            recipients = List.copyOf(recipients);
        }

        public boolean matched() {
            return !recipients.isEmpty();
        }

        @Override
        public String toString() {
            return matched()
                    ? rule + ": matches "
                            + recipients.stream().map(EmailAddress::toString).collect(Collectors.joining(", "))
                    : rule + ": " + reason;
        }
    }

    public Explanation {
        rules = List.copyOf(rules);
    }

    /** Explains; nothing is done. */
    public static Explanation of(CompiledRuleSet rules, Envelope envelope, Verdicts verdicts, MessageContent content)
            throws IOException {
        Planning planning = new Planning(rules, envelope, verdicts, content, Integer.MAX_VALUE);
        Decision decision = planning.decide();
        Map<String, Plan.PlannedRun> runs =
                planning.runs().stream().collect(Collectors.toMap(Plan.PlannedRun::rule, Function.identity()));
        List<Answer> answers = new ArrayList<>();
        for (Rule rule : rules.ruleSet().rules()) {
            Plan.PlannedRun run = runs.get(rule.name());
            answers.add(
                    run == null
                            ? new Answer(rule.name(), List.of(), reason(rule, planning.misses()))
                            : new Answer(rule.name(), run.recipients(), ""));
        }
        return new Explanation(decision, answers);
    }

    private static String reason(Rule rule, Map<String, String> misses) {
        if (!rule.enabled()) {
            return "disabled";
        }
        return misses.getOrDefault(rule.name(), "recipients: takes none of the mail's recipients");
    }
}
