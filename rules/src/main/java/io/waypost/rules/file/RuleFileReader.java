package io.waypost.rules.file;

import io.waypost.config.text.Document;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Place;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.rules.Action;
import io.waypost.rules.ActionHandlers;
import io.waypost.rules.Rule;
import io.waypost.rules.TlsPolicy;
import io.waypost.rules.match.Condition;
import io.waypost.rules.match.OwnDomains;
import io.waypost.rules.match.RecipientPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a rule set's file. Every fault is reported with file and line; a file with a fault gives no rule set. Safe to share. */
public final class RuleFileReader {

    /** Most rules of a set, recipients of a rule, actions of a rule. SES has 200, 100 and 10. */
    public static final int MAX_RULES = 20_000;

    public static final int MAX_RECIPIENTS = 1_000;
    public static final int MAX_ACTIONS = 20;

    // As SES has it: at most 64 of these, the first and the last alphanumeric.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9])?");

    private final ActionHandlers handlers;
    private final OwnDomains own;
    private final Substitution substitution;

    /**
     * @param handlers the actions there are
     * @param own the domains that recipients may have
     * @param substitution what {@code ${...}} means in rule files
     */
    public RuleFileReader(ActionHandlers handlers, OwnDomains own, Substitution substitution) {
        this.handlers = handlers;
        this.own = own;
        this.substitution = substitution;
    }

    /** The domains that recipients may have. */
    public OwnDomains ownDomains() {
        return own;
    }

    /**
     * Reads a text.
     *
     * @param file how messages call it
     * @return nothing when there was a problem
     */
    public Optional<RuleFile> read(String file, String text, Ownership ownership, Problems problems) {
        Problems found = new Problems();
        Optional<RuleFile> read = Document.read(file, text, substitution, found)
                .map(root -> new Reading(ownership, found).file(root, text));
        found.all().forEach(problem -> problems.add(problem.place(), problem.fault()));
        return found.isEmpty() ? read : Optional.empty();
    }

    /** One reading of one file. */
    private final class Reading {
        private final Problems problems;
        private final RecipientReader recipients;
        private final ConditionReader conditions;

        Reading(Ownership ownership, Problems problems) {
            this.problems = problems;
            this.recipients = new RecipientReader(
                    ownership == Ownership.REQUIRED ? Optional.of(own) : Optional.empty(), problems);
            this.conditions = new ConditionReader(problems);
        }

        RuleFile file(Node root, String text) {
            Fields fields = root.fields(problems);
            String name = name(fields);
            boolean active = fields.flag("active", false);
            Place place = fields.placeOf("name");
            List<Rule> rules = rules(fields);
            fields.finish();
            return new RuleFile(name, active, rules, text, place);
        }

        private String name(Fields fields) {
            String name = fields.required("name");
            if (!name.isEmpty() && !NAME.matcher(name).matches()) {
                problems.add(
                        fields.placeOf("name"),
                        "'" + name
                                + "' is no name: up to 64 of A-Z a-z 0-9 _ . -, the first and the last a letter or digit");
            }
            return name;
        }

        private List<Rule> rules(Fields fields) {
            Optional<Node> node = fields.node("rules");
            if (!(node.orElse(null) instanceof Node.Sequence sequence)) {
                problems.add(fields.placeOf("rules"), "'rules' must be a list: '- name: ...' for each rule, or []");
                return List.of();
            }
            List<Node> items = sequence.items();
            if (items.size() > MAX_RULES) {
                problems.add(items.get(MAX_RULES).place(), "a rule set has at most " + MAX_RULES + " rules");
                items = items.subList(0, MAX_RULES);
            }
            List<Rule> rules = new ArrayList<>();
            Map<String, Place> names = new HashMap<>();
            for (Node item : items) {
                Fields rule = item.fields(problems);
                rules.add(rule(rule));
                String name = rules.getLast().name();
                Place first = names.putIfAbsent(name, rule.placeOf("name"));
                if (first != null && !name.isEmpty()) {
                    problems.add(
                            rule.placeOf("name"), "two rules are named '" + name + "'; the other one is at " + first);
                }
            }
            return rules;
        }

        private Rule rule(Fields fields) {
            Rule rule = new Rule(
                    name(fields),
                    fields.flag("enabled", true),
                    recipients(fields),
                    fields.choice("tls", TlsPolicy.class, TlsPolicy.OPTIONAL),
                    fields.flag("scan", true),
                    fields.node("when").map(conditions::read).orElse(Condition.ALWAYS),
                    fields.node("unless").map(conditions::read).orElse(Condition.NEVER),
                    actions(fields));
            if (!rule.scan() && (rule.when().asksScanners() || rule.unless().asksScanners())) {
                problems.add(
                        fields.placeOf("scan"),
                        "'scan: false' and a condition on spam or virus contradict each other: both are DISABLED for this rule");
            }
            fields.finish();
            return rule;
        }

        private List<RecipientPattern> recipients(Fields fields) {
            List<Node> items = fields.items("recipients");
            if (items.size() > MAX_RECIPIENTS) {
                problems.add(
                        items.get(MAX_RECIPIENTS).place(),
                        "a rule has at most " + MAX_RECIPIENTS + " recipients; use a domain, or several rules");
                return List.of();
            }
            return items.stream()
                    .flatMap(item -> recipients.read(item).stream())
                    .toList();
        }

        private List<Action> actions(Fields fields) {
            List<Node> items = fields.items("actions");
            if (items.isEmpty()) {
                problems.add(
                        fields.placeOf("actions"),
                        "a rule needs 'actions'; to take mail and keep nothing of it on purpose, write '- stop: ruleSet'");
            } else if (items.size() > MAX_ACTIONS) {
                problems.add(items.get(MAX_ACTIONS).place(), "a rule has at most " + MAX_ACTIONS + " actions");
                items = items.subList(0, MAX_ACTIONS);
            }
            List<Action> actions = new ArrayList<>();
            Optional<Place> decider = Optional.empty();
            for (Node item : items) {
                Optional<Action> action = handlers.read(item, problems);
                if (action.isEmpty()) {
                    continue;
                }
                actions.add(action.get());
                if (action.get().flow() instanceof Action.Flow.Decides) {
                    decider = Optional.of(item.place());
                } else if (decider.isPresent() && endsForRecipients(action.get())) {
                    problems.add(
                            item.place(),
                            "a refusal cannot stand behind an action whose answer decides (line "
                                    + decider.get().line() + "): put it into a rule of its own, behind this one");
                }
            }
            return actions;
        }

        private static boolean endsForRecipients(Action action) {
            return action.flow() instanceof Action.Flow.Refuses refuses && refuses.endsForRecipients();
        }
    }
}
