package io.waypost.outbound.returned;

import io.waypost.message.EmailAddress;
import io.waypost.message.Plan;
import io.waypost.message.RuleSetVersion;
import io.waypost.rules.Rule;
import io.waypost.rules.Rules;
import io.waypost.rules.TlsPolicy;
import io.waypost.rules.match.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The rules that returned mail is read under: one run for each return path it names. Part of the program, not of the archive. */
public final class ReturnRules implements Rules {

    /** Versions of rule sets count from 1: no rule set of that name can be taken for this one. */
    public static final RuleSetVersion VERSION = new RuleSetVersion("returned", 0);

    private static final Pattern NAME = Pattern.compile("returned-[0-9]{1,4}");

    @Override
    public RuleSetVersion version() {
        return VERSION;
    }

    @Override
    public Optional<Rule> rule(String name) {
        return NAME.matcher(name).matches() ? Optional.of(named(name)) : Optional.empty();
    }

    private static Rule named(String name) {
        return new Rule(
                name,
                true,
                List.of(),
                TlsPolicy.OPTIONAL,
                Condition.ALWAYS,
                Condition.ALWAYS,
                List.of(new ReturnAction()));
    }

    /** What is owed to a mail that came to these return paths and to nobody else. */
    public static Plan plan(List<EmailAddress> paths) {
        List<Plan.PlannedRun> runs = new ArrayList<>();
        for (EmailAddress path : paths) {
            runs.add(run("returned-" + (runs.size() + 1), path));
        }
        return new Plan(VERSION, runs, Map.of());
    }

    /** What is owed to a mail that came to these return paths beside what the rules of its other recipients want. */
    public static Plan beside(Plan others, List<EmailAddress> paths) {
        List<Plan.PlannedRun> runs = new ArrayList<>(others.runs());
        int number = 0;
        for (EmailAddress path : paths) {
            runs.add(run(Plan.qualified(VERSION, "returned-" + ++number), path));
        }
        return new Plan(others.ruleSet(), runs, others.misses());
    }

    private static Plan.PlannedRun run(String rule, EmailAddress path) {
        return new Plan.PlannedRun(rule, List.of(path), OptionalInt.empty(), new ReturnAction().destination());
    }
}
