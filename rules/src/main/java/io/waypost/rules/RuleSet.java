package io.waypost.rules;

import io.waypost.message.RuleSetVersion;
import java.util.List;
import java.util.Optional;

/**
 * An ordered list of rules in one version.
 *
 * @param version name and version
 * @param rules in order; names are unique
 */
public record RuleSet(RuleSetVersion version, List<Rule> rules) implements Rules {

    public RuleSet {
        rules = List.copyOf(rules);
    }

    @Override
    public Optional<Rule> rule(String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }
}
