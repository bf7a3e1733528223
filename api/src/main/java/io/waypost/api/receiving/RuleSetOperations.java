package io.waypost.api.receiving;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.message.Scope;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations on receipt rule sets (SES contract 2.1). */
public final class RuleSetOperations implements Operations.Family {

    /** Sets in one page of a list. */
    private static final int PAGE = 100;

    private final ReceiptRuleSets sets;

    public RuleSetOperations(ReceiptRuleSets sets) {
        this.sets = sets;
    }

    /** The name of a rule set. */
    public record Named(String ruleSetName) {}

    /** SetActiveReceiptRuleSet. */
    public record Activate(@Nullable String ruleSetName) {}

    /** CloneReceiptRuleSet. */
    public record Clone(String ruleSetName, String originalRuleSetName) {}

    /** ReorderReceiptRuleSet. */
    public record Reorder(String ruleSetName, List<String> ruleNames) {}

    /** ListReceiptRuleSets. */
    public record ListSets(@Nullable String nextToken) {}

    /** SES' ReceiptRuleSetMetadata. */
    public record Metadata(String name, Instant createdTimestamp) {}

    /** ListReceiptRuleSetsResponse. */
    public record Listed(List<Metadata> ruleSets, @Nullable String nextToken) {}

    /** DescribeReceiptRuleSetResponse, and that of the active one. */
    public record Described(
            @Nullable Metadata metadata, @Nullable List<ReceiptRule> rules) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "CreateReceiptRuleSet", Named.class, Nothing.class, this::create)
                .add(Api.SES, "DeleteReceiptRuleSet", Named.class, Nothing.class, this::delete)
                .add(Api.SES, "CloneReceiptRuleSet", Clone.class, Nothing.class, this::copy)
                .add(Api.SES, "ListReceiptRuleSets", ListSets.class, Listed.class, this::list)
                .add(Api.SES, "DescribeReceiptRuleSet", Named.class, Described.class, this::describe)
                .add(Api.SES, "SetActiveReceiptRuleSet", Activate.class, Nothing.class, this::activate)
                .add(Api.SES, "DescribeActiveReceiptRuleSet", Nothing.class, Described.class, this::describeActive)
                .add(Api.SES, "ReorderReceiptRuleSet", Reorder.class, Nothing.class, this::reorder);
    }

    private Nothing create(Caller caller, Named input) throws ServiceException, IOException {
        sets.create(caller.scope(), input.ruleSetName, List.of());
        return new Nothing();
    }

    private Nothing delete(Caller caller, Named input) throws ServiceException, IOException {
        sets.delete(caller.scope(), RuleNames.checked("ruleSetName", input.ruleSetName));
        return new Nothing();
    }

    private Nothing copy(Caller caller, Clone input) throws ServiceException, IOException {
        ReceiptRuleSet original = sets.get(caller.scope(), input.originalRuleSetName);
        sets.create(caller.scope(), input.ruleSetName, original.rules());
        return new Nothing();
    }

    private Listed list(Caller caller, ListSets input) throws ServiceException {
        List<ReceiptRuleSet> all = sets.list(caller.scope());
        String after = input.nextToken == null ? "" : PageToken.read(input.nextToken);
        List<ReceiptRuleSet> rest =
                all.stream().filter(set -> set.name().compareTo(after) > 0).toList();
        List<ReceiptRuleSet> page = rest.subList(0, Math.min(PAGE, rest.size()));
        return new Listed(
                page.stream().map(RuleSetOperations::metadata).toList(),
                rest.size() > PAGE ? PageToken.write(page.getLast().name()) : null);
    }

    private Described describe(Caller caller, Named input) throws ServiceException {
        return described(sets.get(caller.scope(), input.ruleSetName));
    }

    private Described describeActive(Caller caller, Nothing input) {
        return sets.active(caller.scope()).map(RuleSetOperations::described).orElseGet(() -> new Described(null, null));
    }

    private static Described described(ReceiptRuleSet set) {
        return new Described(metadata(set), set.rules());
    }

    private static Metadata metadata(ReceiptRuleSet set) {
        return new Metadata(set.name(), set.createdAt());
    }

    private Nothing activate(Caller caller, Activate input) throws ServiceException, IOException {
        sets.activate(caller.scope(), Optional.ofNullable(input.ruleSetName));
        return new Nothing();
    }

    private Nothing reorder(Caller caller, Reorder input) throws ServiceException, IOException {
        Scope scope = caller.scope();
        sets.change(scope, input.ruleSetName, rules -> {
            Map<String, ReceiptRule> byName = new HashMap<>();
            rules.forEach(rule -> byName.put(rule.name(), rule));
            for (String name : input.ruleNames) {
                if (!byName.containsKey(name)) {
                    throw RuleOperations.noSuchRule(name);
                }
            }
            if (input.ruleNames.size() != rules.size()
                    || List.copyOf(input.ruleNames).stream().distinct().count() != rules.size()) {
                throw ServiceException.invalidParameter(
                        "The list must name each rule of the rule set once: " + input.ruleSetName);
            }
            return input.ruleNames.stream()
                    .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
                    .toList();
        });
        return new Nothing();
    }
}
