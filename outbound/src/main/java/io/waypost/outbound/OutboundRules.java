package io.waypost.outbound;

import io.waypost.message.EmailAddress;
import io.waypost.message.Plan;
import io.waypost.message.RuleSetVersion;
import io.waypost.outbound.sending.TellAction;
import io.waypost.rules.Action;
import io.waypost.rules.Rule;
import io.waypost.rules.RuleSet;
import io.waypost.rules.TlsPolicy;
import io.waypost.rules.match.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The rule set that submitted mail is carried out under. It is part of the program, not of the archive: the router finds it by
 * {@link #VERSION}.
 *
 * <p>A mail has one run for each recipient, and each run a rule of its own name ({@code deliver-1}, {@code deliver-2} ...), because
 * an effect's key holds the rule's name: recipients must not share a key, or one notice would pass for the repeat of another
 * and an operator could not replay one of them.
 */
public final class OutboundRules {

    /** No published rule set has version 0, whatever its name. */
    public static final RuleSetVersion VERSION = new RuleSetVersion("outbound", 0);

    /** Recipients a mail may have at most. */
    public static final int MOST_RECIPIENTS = 1000;

    private static final String DELIVER = "deliver-";
    private static final String TOLD = "told";

    private OutboundRules() {}

    /** The rule set for the present routes. Changed routes are a new value under the same version. */
    public static RuleSet ruleSet(OutboundRoutes routes) {
        DeliverAction deliver = new DeliverAction(routes);
        List<Rule> rules = IntStream.range(0, MOST_RECIPIENTS)
                .mapToObj(i -> rule(ruleFor(i), deliver))
                .toList();
        List<Rule> all = new ArrayList<>(rules);
        all.add(rule(TOLD, new TellAction()));
        return new RuleSet(VERSION, all);
    }

    private static Rule rule(String name, Action action) {
        return new Rule(name, true, List.of(), TlsPolicy.OPTIONAL, Condition.ALWAYS, Condition.ALWAYS, List.of(action));
    }

    /**
     * One run for each recipient, in their order, none waiting for another.
     *
     * @param told whether there is a last run, which tells that the mail was accepted
     */
    public static Plan plan(List<EmailAddress> recipients, OutboundRoutes routes, boolean told) {
        List<Plan.PlannedRun> runs = new ArrayList<>();
        for (EmailAddress recipient : recipients) {
            runs.add(new Plan.PlannedRun(
                    ruleFor(runs.size()), List.of(recipient), OptionalInt.empty(), routes.destination(recipient)));
        }
        if (told) {
            runs.add(new Plan.PlannedRun(TOLD, List.of(), OptionalInt.empty(), new TellAction().destination()));
        }
        return new Plan(VERSION, runs, Map.of());
    }

    /** Index of the run that a rule of this set is for. */
    public static int run(Plan.PlannedRun run) {
        return Integer.parseInt(run.ruleName().substring(DELIVER.length())) - 1;
    }

    private static String ruleFor(int recipient) {
        return DELIVER + (recipient + 1);
    }
}
