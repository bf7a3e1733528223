package io.waypost.api.receiving;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A receipt rule set.
 *
 * @param name SES' name of it
 * @param createdAt when it was created; for a file's, when it was read
 * @param rules in order
 * @param file the file that it is kept in; empty for one made through the API
 */
public record ReceiptRuleSet(String name, Instant createdAt, List<ReceiptRule> rules, Optional<String> file) {

    public ReceiptRuleSet {
        rules = List.copyOf(rules);
    }

    Optional<ReceiptRule> rule(String rule) {
        return rules.stream().filter(one -> one.name().equals(rule)).findFirst();
    }

    ReceiptRuleSet with(List<ReceiptRule> newRules) {
        return new ReceiptRuleSet(name, createdAt, newRules, file);
    }
}
