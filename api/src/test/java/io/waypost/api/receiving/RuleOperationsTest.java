package io.waypost.api.receiving;

import static io.waypost.api.receiving.Receipts.refused;
import static io.waypost.api.receiving.Receipts.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.receiving.ReceiptAction.AddHeaderAction;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules and their order, by SES contract 2.1. */
class RuleOperationsTest {

    private Receipts receipts;

    @BeforeEach
    void begin() throws IOException {
        receipts = new Receipts();
    }

    @Test
    void aNewRuleGoesToTheFrontOrBehindTheOneItNames() throws Exception {
        receipts.create("s", "a", "b");
        receipts.call("CreateReceiptRule", new RuleOperations.Create("s", null, rule("front")));
        receipts.call("CreateReceiptRule", new RuleOperations.Create("s", "a", rule("middle")));
        assertThat(receipts.rules("s")).containsExactly("front", "a", "middle", "b");
        refused(
                "RuleDoesNotExistException",
                "Rule does not exist: none",
                () -> receipts.call("CreateReceiptRule", new RuleOperations.Create("s", "none", rule("x"))));
        refused(
                "AlreadyExistsException",
                "Rule already exists: a",
                () -> receipts.call("CreateReceiptRule", new RuleOperations.Create("s", null, rule("a"))));
        refused(
                "RuleSetDoesNotExistException",
                "Rule set does not exist: none",
                () -> receipts.call("CreateReceiptRule", new RuleOperations.Create("none", null, rule("a"))));
    }

    @Test
    void aRuleIsMovedToTheFrontOrBehindAnother() throws Exception {
        receipts.create("s", "a", "b", "c");
        receipts.call("SetReceiptRulePosition", new RuleOperations.Move("s", "c", null));
        assertThat(receipts.rules("s")).containsExactly("c", "a", "b");
        receipts.call("SetReceiptRulePosition", new RuleOperations.Move("s", "c", "a"));
        assertThat(receipts.rules("s")).containsExactly("a", "c", "b");
        receipts.call("SetReceiptRulePosition", new RuleOperations.Move("s", "c", "c"));
        assertThat(receipts.rules("s")).containsExactly("a", "c", "b");
        refused(
                "RuleDoesNotExistException",
                "Rule does not exist: none",
                () -> receipts.call("SetReceiptRulePosition", new RuleOperations.Move("s", "a", "none")));
    }

    @Test
    void anUpdateReplacesTheWholeRuleInItsPlace() throws Exception {
        receipts.create("s", "a");
        ReceiptRule full = new ReceiptRule(
                "b",
                true,
                "Require",
                List.of("example.com"),
                List.of(ReceiptAction.of(new AddHeaderAction("X-A", "1"))),
                true);
        receipts.call("CreateReceiptRule", new RuleOperations.Create("s", "a", full));
        receipts.call("CreateReceiptRule", new RuleOperations.Create("s", "b", rule("c")));
        receipts.call(
                "UpdateReceiptRule",
                new RuleOperations.Update("s", new ReceiptRule("b", null, null, null, null, null)));
        assertThat(receipts.rules("s")).containsExactly("a", "b", "c");
        assertThat(receipts.call("DescribeReceiptRule", new RuleOperations.Named("s", "b")))
                .isEqualTo(new RuleOperations.Described(
                        new ReceiptRule("b", false, "Optional", List.of(), List.of(), false)));
        refused(
                "RuleDoesNotExistException",
                "Rule does not exist: none",
                () -> receipts.call("UpdateReceiptRule", new RuleOperations.Update("s", rule("none"))));
    }

    @Test
    void reorderingNamesEveryRuleOnce() throws Exception {
        receipts.create("s", "a", "b", "c");
        receipts.call("ReorderReceiptRuleSet", new RuleSetOperations.Reorder("s", List.of("c", "a", "b")));
        assertThat(receipts.rules("s")).containsExactly("c", "a", "b");
        refused(
                "RuleDoesNotExistException",
                "Rule does not exist: x",
                () -> receipts.call(
                        "ReorderReceiptRuleSet", new RuleSetOperations.Reorder("s", List.of("x", "a", "b"))));
        for (List<String> names : List.of(List.of("a", "b"), List.of("a", "b", "a"), List.of("a", "b", "c", "a"))) {
            refused(
                    "InvalidParameterValue",
                    "The list must name each rule of the rule set once: s",
                    () -> receipts.call("ReorderReceiptRuleSet", new RuleSetOperations.Reorder("s", names)));
        }
        assertThat(receipts.rules("s")).containsExactly("c", "a", "b");
    }

    @Test
    void deletingWhatIsNotThereIsFineButForARuleOfNoSet() throws Exception {
        receipts.create("s", "a");
        receipts.call("DeleteReceiptRule", new RuleOperations.Named("s", "none"));
        receipts.call("DeleteReceiptRule", new RuleOperations.Named("s", "a"));
        assertThat(receipts.rules("s")).isEmpty();
        receipts.call("DeleteReceiptRuleSet", new RuleSetOperations.Named("none"));
        receipts.call("DeleteReceiptRuleSet", new RuleSetOperations.Named("s"));
        refused(
                "RuleSetDoesNotExistException",
                "Rule set does not exist: s",
                () -> receipts.call("DeleteReceiptRule", new RuleOperations.Named("s", "a")));
        receipts.call("DeleteReceiptFilter", new FilterOperations.Delete("none"));
    }

    @Test
    void aRecipientThatIsNoneIsRefused() throws Exception {
        receipts.create("s");
        ReceiptRule rule = new ReceiptRule("r", true, null, List.of("*@example.com"), null, null);
        assertThatThrownBy(() -> receipts.call("CreateReceiptRule", new RuleOperations.Create("s", null, rule)))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("'*@example.com'");
    }

    @Test
    void thereAreLimits() throws Exception {
        for (int i = 0; i < ReceiptRuleSets.MOST_SETS; i++) {
            receipts.call("CreateReceiptRuleSet", new RuleSetOperations.Named("s" + i));
        }
        refused(
                "LimitExceededException",
                "Too many rule sets",
                () -> receipts.call("CreateReceiptRuleSet", new RuleSetOperations.Named("more")));
        for (int i = 0; i < ReceiptRuleSets.MOST_RULES; i++) {
            receipts.call("CreateReceiptRule", new RuleOperations.Create("s0", null, rule("r" + i)));
        }
        refused(
                "LimitExceededException",
                "Too many rules in rule set: s0",
                () -> receipts.call("CreateReceiptRule", new RuleOperations.Create("s0", null, rule("more"))));
        ReceiptAction header = ReceiptAction.of(new AddHeaderAction("X-A", "1"));
        refused(
                "LimitExceededException",
                "Too many actions in rule: r",
                () -> receipts.call(
                        "CreateReceiptRule",
                        new RuleOperations.Create(
                                "s1",
                                null,
                                rule(
                                        "r",
                                        java.util.Collections.nCopies(11, header)
                                                .toArray(ReceiptAction[]::new)))));
        ReceiptRule wide = new ReceiptRule(
                "r",
                true,
                null,
                IntStream.range(0, 101).mapToObj(i -> "u" + i + "@example.com").toList(),
                null,
                null);
        refused(
                "LimitExceededException",
                "Too many recipients in rule: r",
                () -> receipts.call("CreateReceiptRule", new RuleOperations.Create("s1", null, wide)));
        for (int i = 0; i < ReceiptFilters.MOST; i++) {
            receipts.filter("f" + i, "Block", "192.0.2." + i);
        }
        refused("LimitExceededException", "Too many filters", () -> receipts.filter("more", "Block", "192.0.2.0/24"));
    }
}
