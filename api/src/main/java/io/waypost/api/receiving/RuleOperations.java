package io.waypost.api.receiving;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.rules.file.RuleFileReader;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations on receipt rules (SES contract 2.1). */
public final class RuleOperations implements Operations.Family {

    private final ReceiptRuleSets sets;
    private final RuleCheck check;

    /**
     * @param reader judges rules as it judges rule files
     * @param targets what rules may name
     */
    public RuleOperations(ReceiptRuleSets sets, RuleFileReader reader, ReceiptTargets targets, Clock clock) {
        this.sets = sets;
        this.check = new RuleCheck(reader, targets, clock);
    }

    /** CreateReceiptRule. */
    public record Create(String ruleSetName, @Nullable String after, ReceiptRule rule) {}

    /** UpdateReceiptRule. */
    public record Update(String ruleSetName, ReceiptRule rule) {}

    /** DeleteReceiptRule and DescribeReceiptRule. */
    public record Named(String ruleSetName, String ruleName) {}

    /** SetReceiptRulePosition. */
    public record Move(
            String ruleSetName, String ruleName, @Nullable String after) {}

    /** DescribeReceiptRuleResponse. */
    public record Described(ReceiptRule rule) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "CreateReceiptRule", Create.class, Nothing.class, this::create)
                .add(Api.SES, "UpdateReceiptRule", Update.class, Nothing.class, this::update)
                .add(Api.SES, "DeleteReceiptRule", Named.class, Nothing.class, this::delete)
                .add(Api.SES, "DescribeReceiptRule", Named.class, Described.class, this::describe)
                .add(Api.SES, "SetReceiptRulePosition", Move.class, Nothing.class, this::move);
    }

    static ServiceException noSuchRule(String name) {
        return new ServiceException("RuleDoesNotExistException", "Rule does not exist: " + name, Map.of("Name", name));
    }

    private static int place(List<ReceiptRule> rules, String name) throws ServiceException {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).name().equals(name)) {
                return i;
            }
        }
        throw noSuchRule(name);
    }

    private Nothing create(Caller caller, Create input) throws ServiceException, IOException {
        ReceiptRule rule = input.rule.whole();
        String after = named(input.after);
        ReceiptRuleSets.Edit edit = rules -> inserted(rules, rule, after);
        return keep(caller, input.ruleSetName, rule, edit);
    }

    private Nothing update(Caller caller, Update input) throws ServiceException, IOException {
        ReceiptRule rule = input.rule.whole();
        ReceiptRuleSets.Edit edit = rules -> {
            rules.set(place(rules, rule.name()), rule);
            return rules;
        };
        return keep(caller, input.ruleSetName, rule, edit);
    }

    // What the rule names is tried outside the lock of all rule sets: a bucket may take its time.
    private Nothing keep(Caller caller, String set, ReceiptRule rule, ReceiptRuleSets.Edit edit)
            throws ServiceException, IOException {
        sets.get(caller.scope(), set);
        check.form(caller.scope(), rule);
        sets.rehearse(caller.scope(), set, edit);
        check.targets(caller.scope(), rule);
        sets.change(caller.scope(), set, edit);
        return new Nothing();
    }

    private static List<ReceiptRule> inserted(List<ReceiptRule> rules, ReceiptRule rule, @Nullable String after)
            throws ServiceException {
        if (rules.stream().anyMatch(one -> one.name().equals(rule.name()))) {
            throw new ServiceException(
                    "AlreadyExistsException", "Rule already exists: " + rule.name(), Map.of("Name", rule.name()));
        }
        rules.add(after == null ? 0 : place(rules, after) + 1, rule);
        return rules;
    }

    private Nothing delete(Caller caller, Named input) throws ServiceException, IOException {
        sets.change(caller.scope(), input.ruleSetName, rules -> {
            rules.removeIf(rule -> rule.name().equals(input.ruleName));
            return rules;
        });
        return new Nothing();
    }

    private Described describe(Caller caller, Named input) throws ServiceException {
        return new Described(sets.get(caller.scope(), input.ruleSetName)
                .rule(input.ruleName)
                .orElseThrow(() -> noSuchRule(input.ruleName)));
    }

    private Nothing move(Caller caller, Move input) throws ServiceException, IOException {
        String after = named(input.after);
        sets.change(caller.scope(), input.ruleSetName, rules -> {
            int from = place(rules, input.ruleName);
            if (after == null) {
                rules.addFirst(rules.remove(from));
            } else if (!after.equals(input.ruleName)) {
                place(rules, after);
                ReceiptRule moved = rules.remove(from);
                rules.add(place(rules, after) + 1, moved);
            }
            return rules;
        });
        return new Nothing();
    }

    // Terraform sends an empty name when a rule shall be behind no other any more.
    private static @Nullable String named(@Nullable String after) throws ServiceException {
        return after == null || after.isEmpty() ? null : RuleNames.checked("after", after);
    }
}
