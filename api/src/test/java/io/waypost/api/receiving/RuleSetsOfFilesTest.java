package io.waypost.api.receiving;

import static io.waypost.api.receiving.Receipts.TOPIC;
import static io.waypost.api.receiving.Receipts.refused;
import static io.waypost.api.receiving.Receipts.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.receiving.ReceiptAction.LambdaAction;
import io.waypost.api.receiving.ReceiptAction.S3Action;
import io.waypost.api.receiving.ReceiptAction.StopAction;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule sets of the rule files, which the API shows and does not change. */
class RuleSetsOfFilesTest {

    private Receipts receipts;

    @BeforeEach
    void begin() throws IOException {
        receipts = new Receipts();
    }

    @Test
    void aSetOfAFileIsShownAndBelongsToItsFile() throws Exception {
        receipts.file("""
                name: production
                active: true
                rules:
                  - name: tickets
                    recipients: [help@example.com]
                    tls: require
                    when: { size: { below: 1MB } }
                    actions:
                      - s3: { bucket: mail, prefix: tickets/, topic: inbound }
                      - webhook: { to: desk, wait: true }
                      - forward: { to: [x@example.com] }
                      - stop: ruleSet
                """);
        receipts.book.publish(receipts.files.getFirst());
        assertThat(((RuleSetOperations.Described) receipts.call("DescribeActiveReceiptRuleSet", new Nothing())).rules())
                .containsExactly(new ReceiptRule(
                        "tickets",
                        true,
                        "Require",
                        List.of("help@example.com"),
                        List.of(
                                ReceiptAction.of(new S3Action(TOPIC, "mail", "tickets/", null, null)),
                                ReceiptAction.of(new LambdaAction(
                                        null,
                                        "arn:aws:lambda:us-east-1:123456789012:function:desk",
                                        "RequestResponse")),
                                ReceiptAction.of(new StopAction("RuleSet", null))),
                        true));
        String owned = "Rule set production is kept in the file rules/main.yaml of the server; change it there";
        refused(
                "InvalidParameterValue",
                owned,
                () -> receipts.call("CreateReceiptRule", new RuleOperations.Create("production", null, rule("x"))));
        refused(
                "InvalidParameterValue",
                owned,
                () -> receipts.call("DeleteReceiptRule", new RuleOperations.Named("production", "tickets")));
        refused(
                "CannotDeleteException",
                "Cannot delete active rule set: production",
                () -> receipts.call("DeleteReceiptRuleSet", new RuleSetOperations.Named("production")));
        receipts.create("mine");
        refused(
                "InvalidParameterValue",
                "The active rule set is production, because the file rules/main.yaml of the server says 'active: true'; change it there",
                () -> receipts.activate("mine"));
        receipts.activate("production");
        receipts.call("CloneReceiptRuleSet", new RuleSetOperations.Clone("copy", "production"));
        assertThat(receipts.rules("copy")).containsExactly("tickets");
    }

    @Test
    void aSetOfAFileThatIsNotActiveCanBeActivated() throws Exception {
        receipts.file("name: spare\nrules: [ { name: a, actions: [ stop: ruleSet ] } ]\n");
        receipts.activate("spare");
        assertThat(receipts.inForce().version()).hasToString("spare@1");
        receipts.files.clear();
        receipts.file("name: spare\nrules: [ { name: b, actions: [ stop: ruleSet ] } ]\n");
        receipts.sets.filesChanged();
        assertThat(receipts.inForce().ruleSet().rules()).extracting("name").containsExactly("b");
    }
}
