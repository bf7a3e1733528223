package io.waypost.rules.match;

import io.waypost.message.Decision;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Plan;
import io.waypost.message.Reply;
import io.waypost.message.Verdicts;
import io.waypost.rules.Rule;
import io.waypost.rules.TlsPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One walk of one mail through the rules. Used once, by one thread. */
final class Planning {

    /** A plan is stored with its mail: it names so many rules that did not match, and no more. */
    static final int MISSES_KEPT = 100;

    private final CompiledRuleSet rules;
    private final List<EmailAddress> recipients;
    private final Evaluation evaluation;
    private final int missesKept;

    private final List<Plan.PlannedRun> runs = new ArrayList<>();
    private final Map<String, String> misses = new LinkedHashMap<>();
    private final Untaken untaken = new Untaken();
    /** Recipients that a refusing rule took, by their place in the envelope. */
    private final BitSet refused = new BitSet();
    /** Recipients that a rule took which does more than add header fields. */
    private final BitSet taken = new BitSet();
    /** Recipients that later rules no longer see. */
    private final BitSet gone = new BitSet();

    private Optional<Reply> firstReply = Optional.empty();
    private String firstRefusing = "";
    private Optional<String> stoppedBy = Optional.empty();
    private OptionalInt decider = OptionalInt.empty();
    private boolean effects;

    Planning(CompiledRuleSet rules, Envelope envelope, Verdicts verdicts, MessageContent content, int missesKept) {
        this.rules = rules;
        this.recipients = envelope.addresses();
        this.evaluation = new Evaluation(envelope.from(), envelope.client(), content, verdicts);
        this.missesKept = missesKept;
    }

    Decision decide() throws IOException {
        Candidates candidates = rules.candidates(recipients);
        while ((stoppedBy.isEmpty() || misses.size() < missesKept) && candidates.next()) {
            visit(candidates.ordinal(), candidates.recipients());
        }
        if (taken.isEmpty()) {
            return new Decision.Refuse(untaken.reply(), "");
        }
        // What nobody took is refused together with what somebody refused; nothing is owed, so nothing is lost.
        if (firstReply.isPresent() && !effects && taken.equals(refused)) {
            return new Decision.Refuse(firstReply.get(), firstRefusing);
        }
        return new Decision.Accept(new Plan(rules.version(), runs, misses));
    }

    /** The rules that matched, also when all of it ends in a refusal. */
    List<Plan.PlannedRun> runs() {
        return runs;
    }

    /** Why rules that take one of the recipients did not match. */
    Map<String, String> misses() {
        return misses;
    }

    private void visit(int ordinal, BitSet takes) throws IOException {
        Rule rule = rules.rule(ordinal);
        if (stoppedBy.isPresent()) {
            miss(rule, "not reached: the rule '" + stoppedBy.get() + "' ends the rule set");
            return;
        }
        takes.andNot(gone);
        if (takes.isEmpty()) {
            miss(rule, "its recipients were refused by an earlier rule");
            return;
        }
        if (rule.tls() == TlsPolicy.REQUIRE && !evaluation.encrypted()) {
            if (!rules.shape(ordinal).onlyAddsFields()) {
                untaken.withoutTls();
            }
            miss(rule, "tls: the session was not encrypted");
            return;
        }
        BitSet matched = matched(rule, takes);
        if (matched.isEmpty()) {
            if (!rules.shape(ordinal).onlyAddsFields()) {
                untaken.byCondition();
            }
            if (misses.size() < missesKept) {
                miss(rule, failing(rule, recipients.get(takes.nextSetBit(0))));
            }
            return;
        }
        if (rules.onlyRecords(ordinal)) {
            miss(rule, "checks.mode is record: it would have refused");
            return;
        }
        plan(rule, rules.shape(ordinal), matched);
    }

    private BitSet matched(Rule rule, BitSet takes) throws IOException {
        boolean each = rule.when().dependsOnRecipient() || rule.unless().dependsOnRecipient();
        BitSet matched = new BitSet();
        for (int i = takes.nextSetBit(0); i >= 0; i = takes.nextSetBit(i + 1)) {
            boolean holds = CompiledRuleSet.matches(rule, evaluation, recipients.get(i)) == Truth.TRUE;
            if (!each) {
                return holds ? takes : matched;
            }
            matched.set(i, holds);
        }
        return matched;
    }

    private String failing(Rule rule, EmailAddress recipient) throws IOException {
        return evaluation.test(rule.when(), recipient) != Truth.TRUE
                ? "when: " + ConditionText.of(evaluation.reason(rule.when(), recipient)) + ": does not hold"
                : "unless: " + ConditionText.of(evaluation.reason(rule.unless(), recipient)) + ": holds";
    }

    private void plan(Rule rule, Shape shape, BitSet matched) {
        runs.add(new Plan.PlannedRun(
                rule.name(),
                matched.stream().mapToObj(recipients::get).distinct().toList(),
                decider,
                shape.destination()));
        effects |= shape.effects();
        if (!shape.onlyAddsFields()) {
            taken.or(matched);
        }
        if (shape.refusal().isPresent()) {
            refused.or(matched);
            if (firstReply.isEmpty()) {
                firstReply = shape.refusal();
                firstRefusing = rule.name();
            }
        }
        if (shape.endsForRecipients()) {
            gone.or(matched);
        }
        if (shape.stops()) {
            stoppedBy = Optional.of(rule.name());
        }
        if (shape.decides()) {
            decider = OptionalInt.of(runs.size() - 1);
        }
    }

    private void miss(Rule rule, String reason) {
        if (misses.size() < missesKept) {
            misses.put(rule.name(), reason);
        }
    }
}
