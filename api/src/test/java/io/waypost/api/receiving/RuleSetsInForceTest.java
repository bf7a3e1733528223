package io.waypost.api.receiving;

import static io.waypost.api.receiving.Receipts.refused;
import static io.waypost.api.receiving.Receipts.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.aws.Operation.Nothing;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a change is durable, and when it is in force. */
class RuleSetsInForceTest {

    private Receipts receipts;

    @BeforeEach
    void begin() throws IOException {
        receipts = new Receipts();
    }

    @Test
    void theActiveSetIsInForceWithEveryChange() throws Exception {
        assertThat(receipts.call("DescribeActiveReceiptRuleSet", new Nothing()))
                .isEqualTo(new RuleSetOperations.Described(null, null));
        receipts.create("s", "a");
        assertThat(receipts.book.active()).isEmpty();
        receipts.activate("s");
        assertThat(receipts.inForce().version()).hasToString("s@1");
        receipts.call("CreateReceiptRule", new RuleOperations.Create("s", "a", rule("b")));
        assertThat(receipts.inForce().ruleSet().rules()).extracting("name").containsExactly("a", "b");
        receipts.call("SetReceiptRulePosition", new RuleOperations.Move("s", "b", null));
        assertThat(receipts.inForce().ruleSet().rules()).extracting("name").containsExactly("b", "a");
        receipts.call("SetActiveReceiptRuleSet", new RuleSetOperations.Activate(null));
        assertThat(receipts.book.active()).isEmpty();
        refused("RuleSetDoesNotExistException", "Rule set does not exist: none", () -> receipts.activate("none"));
    }

    @Test
    void everythingIsThereAfterARestart() throws Exception {
        receipts.create("s", "a", "b");
        receipts.create("t");
        receipts.activate("s");
        receipts.call(
                "CreateReceiptFilter",
                new FilterOperations.Create(
                        new ReceiptFilter("f", new ReceiptFilter.IpFilter("Block", "192.0.2.0/24"))));
        Receipts after = new Receipts(receipts.settings);
        assertThat(after.rules("s")).containsExactly("a", "b");
        assertThat(after.book.active().orElseThrow().ruleSet().rules())
                .extracting("name")
                .containsExactly("a", "b");
        assertThat(after.call("ListReceiptRuleSets", new RuleSetOperations.ListSets(null)))
                .isEqualTo(receipts.call("ListReceiptRuleSets", new RuleSetOperations.ListSets(null)));
        assertThat(after.call("ListReceiptFilters", new Nothing()))
                .isEqualTo(receipts.call("ListReceiptFilters", new Nothing()));
        assertThat(after.book.inForce().receivers().getFirst().filter().blocked())
                .hasSize(1);
    }

    @Test
    void aStoreThatRefusesChangesNothing() throws Exception {
        receipts.create("s", "a");
        receipts.activate("s");
        receipts.settings.broken(true);
        assertThatThrownBy(() -> receipts.call("CreateReceiptRule", new RuleOperations.Create("s", null, rule("b"))))
                .isInstanceOf(IOException.class);
        receipts.settings.broken(false);
        assertThat(receipts.rules("s")).containsExactly("a");
        assertThat(receipts.inForce().ruleSet().rules()).hasSize(1);
    }

    @Test
    void whatIsDurableAndNotInForceComesIntoForceWithTheNextCall() throws Exception {
        receipts.create("s", "a");
        receipts.activate("s");
        receipts.archive.broken = true;
        assertThatThrownBy(() -> receipts.call("CreateReceiptRule", new RuleOperations.Create("s", null, rule("b"))))
                .isInstanceOf(IOException.class);
        assertThat(receipts.rules("s")).containsExactly("b", "a");
        assertThat(receipts.inForce().ruleSet().rules()).hasSize(1);
        receipts.archive.broken = false;
        receipts.call("DeleteReceiptRuleSet", new RuleSetOperations.Named("none"));
        assertThat(receipts.inForce().ruleSet().rules()).hasSize(2);
    }
}
