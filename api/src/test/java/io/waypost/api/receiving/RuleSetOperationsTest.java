package io.waypost.api.receiving;

import static io.waypost.api.receiving.Receipts.HOME;
import static io.waypost.api.receiving.Receipts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.Operation.Nothing;
import io.waypost.message.Scope;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule sets by SES contract 2.1. */
class RuleSetOperationsTest {

    private Receipts receipts;

    @BeforeEach
    void begin() throws IOException {
        receipts = new Receipts();
    }

    @Test
    void theActiveSetCannotBeDeleted() throws Exception {
        receipts.create("s", "a");
        receipts.activate("s");
        refused(
                "CannotDeleteException",
                "Cannot delete active rule set: s",
                () -> receipts.call("DeleteReceiptRuleSet", new RuleSetOperations.Named("s")));
        receipts.call("SetActiveReceiptRuleSet", new RuleSetOperations.Activate(null));
        receipts.call("DeleteReceiptRuleSet", new RuleSetOperations.Named("s"));
    }

    @Test
    void aCloneHasTheSameRulesInTheirOrder() throws Exception {
        receipts.create("s", "a", "b");
        receipts.call("CloneReceiptRuleSet", new RuleSetOperations.Clone("copy", "s"));
        assertThat(receipts.rules("copy")).containsExactly("a", "b");
        refused(
                "AlreadyExistsException",
                "Rule set already exists: copy",
                () -> receipts.call("CloneReceiptRuleSet", new RuleSetOperations.Clone("copy", "s")));
        refused(
                "RuleSetDoesNotExistException",
                "Rule set does not exist: none",
                () -> receipts.call("CloneReceiptRuleSet", new RuleSetOperations.Clone("x", "none")));
    }

    @Test
    void scopesAreApart() throws Exception {
        Scope far = new Scope(HOME.account(), "eu-west-1");
        receipts.create("s", "a");
        assertThat(receipts.call(far, "ListReceiptRuleSets", new RuleSetOperations.ListSets(null)))
                .isEqualTo(new RuleSetOperations.Listed(List.of(), null));
        receipts.call(far, "CreateReceiptRuleSet", new RuleSetOperations.Named("s"));
        receipts.call(far, "SetActiveReceiptRuleSet", new RuleSetOperations.Activate("s"));
        assertThat(receipts.call("DescribeActiveReceiptRuleSet", new Nothing()))
                .isEqualTo(new RuleSetOperations.Described(null, null));
        receipts.call("DeleteReceiptRuleSet", new RuleSetOperations.Named("s"));
    }

    @ParameterizedTest
    @CsvSource({
        "a b,        ValidationError,       1 validation error detected: Value at 'ruleSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_.-]+$",
        "ü,          ValidationError,       1 validation error detected: Value at 'ruleSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_.-]+$",
        "'',         InvalidParameterValue, Not a valid ruleSetName: ",
        "-a,         InvalidParameterValue, Not a valid ruleSetName: -a",
        "a.,         InvalidParameterValue, Not a valid ruleSetName: a.",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, InvalidParameterValue, Not a valid ruleSetName: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    })
    void namesHaveAForm(String name, String error, String words) {
        // CSV takes the blank at the end away.
        String said = words.endsWith(":") ? words + " " : words;
        refused(error, said, () -> receipts.call("CreateReceiptRuleSet", new RuleSetOperations.Named(name)));
    }

    @Test
    void aListHasPages() throws Exception {
        String rules = "rules: [ { name: a, actions: [ stop: ruleSet ] } ]\n";
        for (int i = 0; i < 150; i++) {
            receipts.file("name: f%03d%n".formatted(i) + rules);
        }
        var first =
                (RuleSetOperations.Listed) receipts.call("ListReceiptRuleSets", new RuleSetOperations.ListSets(null));
        assertThat(first.ruleSets()).hasSize(100);
        var second = (RuleSetOperations.Listed)
                receipts.call("ListReceiptRuleSets", new RuleSetOperations.ListSets(first.nextToken()));
        assertThat(second.ruleSets()).hasSize(50);
        assertThat(second.nextToken()).isNull();
        refused(
                "InvalidParameterValue",
                "Not a valid nextToken: !",
                () -> receipts.call("ListReceiptRuleSets", new RuleSetOperations.ListSets("!")));
    }
}
