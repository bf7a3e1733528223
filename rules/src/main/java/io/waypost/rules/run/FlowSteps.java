package io.waypost.rules.run;

import io.waypost.message.Disposition;
import io.waypost.message.Plan;
import io.waypost.rules.Action;
import io.waypost.rules.Rule;
import io.waypost.rules.Rules;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What the flow actions of a rule mean for the others: which action comes next, and which header fields an action sees. Pure. */
final class FlowSteps {

    // RFC 5322 2.1.1: lines should have at most 78 characters.
    private static final int FOLD_AT = 78;

    private FlowSteps() {}

    /** Whether an action does something, rather than only shaping what others do. */
    static boolean isCarriedOut(Action action) {
        return switch (action.flow()) {
            case Action.Flow.AddsField field -> false;
            case Action.Flow.Stops stops -> stops.carriedOut();
            case Action.Flow.Decides d -> true;
            case Action.Flow.Ordinary o -> true;
            case Action.Flow.Refuses r -> true;
        };
    }

    /** The first action from {@code from} on that does something; empty when a stop or the end of the rule comes first. */
    static OptionalInt nextCarriedOut(Rule rule, int from) {
        for (int i = from; i < rule.actions().size(); i++) {
            Action action = rule.actions().get(i);
            if (isCarriedOut(action)) {
                return OptionalInt.of(i);
            }
            if (action.flow() instanceof Action.Flow.Stops) {
                break;
            }
        }
        return OptionalInt.empty();
    }

    /** What a rule says to others when it ends without a further action behind {@code from}: a stop it comes to, or nothing. */
    static Disposition ending(Rule rule, int from) {
        for (Action action : rule.actions()
                .subList(Math.min(from, rule.actions().size()), rule.actions().size())) {
            if (action.flow() instanceof Action.Flow.Stops stops) {
                return stops.disposition();
            }
        }
        return Disposition.CONTINUE;
    }

    /** An action's own answer, and what its flow adds: a refusal that ends the matter for its recipients ends the rule. */
    static Disposition afterwards(Action action, Disposition answered) {
        boolean ends = action.flow() instanceof Action.Flow.Refuses refuses && refuses.endsForRecipients();
        return ends && answered == Disposition.CONTINUE ? Disposition.STOP_RULE : answered;
    }

    /** What an action that failed for good says to others: a stop stops all the same. */
    static Disposition afterFailure(Action action) {
        return action.flow() instanceof Action.Flow.Stops stops ? stops.disposition() : Disposition.CONTINUE;
    }

    /**
     * The header fields that earlier actions put on top of what this one sees, the latest first.
     *
     * <p>Fields of an earlier rule count up to that rule's first deciding action: whether those behind it were reached is that
     * action's affair. Fields in front of an action that replaced the content are in the new content already.
     */
    static byte[] fieldsOnTop(Plan plan, Rules ruleSet, int run, int action, OptionalInt revisedBy) {
        List<Action.Flow.AddsField> fields = new ArrayList<>();
        if (revisedBy.isEmpty()) {
            for (Plan.PlannedRun earlier : plan.runs().subList(0, run)) {
                // What another account's rules add is not seen by this one's.
                if (earlier.ruleSet(plan.ruleSet()).equals(ruleSet.version())) {
                    ruleSet.rule(earlier.ruleName())
                            .ifPresent(rule -> collect(rule, 0, rule.actions().size(), fields));
                }
            }
        }
        ruleSet.rule(plan.runs().get(run).ruleName())
                .ifPresent(rule -> collectAll(rule, revisedBy.orElse(-1) + 1, action, fields));
        return bytes(fields);
    }

    private static void collect(Rule rule, int from, int to, List<Action.Flow.AddsField> fields) {
        for (Action action : rule.actions().subList(from, to)) {
            switch (action.flow()) {
                case Action.Flow.AddsField field -> fields.add(field);
                case Action.Flow.Stops s -> {
                    return;
                }
                case Action.Flow.Decides d -> {
                    return;
                }
                case Action.Flow.Ordinary o -> {}
                case Action.Flow.Refuses r -> {}
            }
        }
    }

    private static void collectAll(Rule rule, int from, int to, List<Action.Flow.AddsField> fields) {
        for (Action action : rule.actions().subList(Math.min(from, to), to)) {
            if (action.flow() instanceof Action.Flow.AddsField field) {
                fields.add(field);
            }
        }
    }

    private static byte[] bytes(List<Action.Flow.AddsField> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Action.Flow.AddsField field : fields.reversed()) {
            out.writeBytes(folded(field.name() + ": " + field.value()).getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static String folded(String line) {
        StringBuilder out = new StringBuilder();
        String rest = line;
        while (rest.length() > FOLD_AT) {
            int space = rest.lastIndexOf(' ', FOLD_AT);
            // Never in front of the value: a field whose first line is blank is obsolete syntax (RFC 5322 4.2).
            if (space <= rest.indexOf(':') + 1 && out.isEmpty() || space <= 0) {
                space = rest.indexOf(' ', FOLD_AT);
            }
            if (space < 0) {
                break;
            }
            out.append(rest, 0, space).append("\r\n");
            rest = rest.substring(space);
        }
        return out.append(rest).append("\r\n").toString();
    }
}
