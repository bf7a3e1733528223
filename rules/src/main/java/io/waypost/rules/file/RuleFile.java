package io.waypost.rules.file;

import io.waypost.config.text.Place;
import io.waypost.message.RuleSetVersion;
import io.waypost.rules.Rule;
import io.waypost.rules.RuleSet;
import java.util.List;

/**
 * A rule set's file as read, without a fault.
 *
 * @param name the rule set's name
 * @param active whether it says that it is the active one
 * @param rules in order
 * @param text the whole text, which is what is archived; {@code ${...}} in it stays as written
 * @param place where the name stands, for messages
 */
public record RuleFile(String name, boolean active, List<Rule> rules, String text, Place place) {

    public RuleFile {
        rules = List.copyOf(rules);
    }

    /** The rule set, once it has a version. */
    public RuleSet as(RuleSetVersion version) {
        return new RuleSet(version, rules);
    }
}
