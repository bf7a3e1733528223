package io.waypost.api.receiving;

import static io.waypost.api.receiving.Receipts.FUNCTION;
import static io.waypost.api.receiving.Receipts.TOPIC;
import static io.waypost.api.receiving.Receipts.refused;
import static io.waypost.api.receiving.Receipts.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.receiving.ReceiptAction.AddHeaderAction;
import io.waypost.api.receiving.ReceiptAction.BounceAction;
import io.waypost.api.receiving.ReceiptAction.LambdaAction;
import io.waypost.api.receiving.ReceiptAction.S3Action;
import io.waypost.api.receiving.ReceiptAction.SNSAction;
import io.waypost.api.receiving.ReceiptAction.StopAction;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the actions of a rule become, and what is tried of them before they are kept. */
class RuleActionsTest {

    private Receipts receipts;

    @BeforeEach
    void begin() throws IOException {
        receipts = new Receipts();
    }

    @Test
    void everyActionBecomesOneOfARuleFile() throws Exception {
        receipts.create("s");
        ReceiptRule rule = new ReceiptRule(
                "r",
                true,
                "Require",
                List.of("help@example.com", ".example.com"),
                List.of(
                        ReceiptAction.of(new S3Action(TOPIC, "mail", "in", "arn:kms", "arn:role")),
                        ReceiptAction.of(new AddHeaderAction("X-A", "${SECRET} ${file:/etc/passwd} $${x")),
                        ReceiptAction.of(new LambdaAction(null, FUNCTION, "RequestResponse")),
                        ReceiptAction.of(new SNSAction(TOPIC, "Base64")),
                        ReceiptAction.of(new BounceAction(null, "550", "5.1.1", "no", "me@example.com")),
                        ReceiptAction.of(new StopAction("RuleSet", TOPIC))),
                true);
        receipts.call("CreateReceiptRule", new RuleOperations.Create("s", null, rule));
        receipts.activate("s");
        assertThat(AnyAction.destinations(receipts.inForce().ruleSet()))
                .containsExactly(
                        "s3:[bucket=mail, prefix=in, topic=" + TOPIC + ", kmsKey=arn:kms]",
                        "addHeader:[name=X-A, value=${SECRET} ${file:/etc/passwd} $${x]",
                        "lambda:[function=" + FUNCTION + ", wait=true]",
                        "notify:[topic=" + TOPIC + ", content=base64]",
                        "bounce:[code=550, status=5.1.1, message=no, sender=me@example.com]",
                        "stop:[scope=ruleSet, topic=" + TOPIC + "]");
        var read = receipts.inForce().ruleSet().rules().getFirst();
        assertThat(read.scan()).isTrue();
        assertThat(read.tls()).hasToString("REQUIRE");
        assertThat(read.recipients()).hasSize(2);
        // The archive reads it back the same way.
        assertThat(receipts.reader
                        .read(
                                "x",
                                receipts.archive
                                        .text(receipts.inForce().version())
                                        .orElseThrow(),
                                io.waypost.rules.file.Ownership.NOT_ASKED,
                                new io.waypost.config.text.Problems())
                        .orElseThrow()
                        .rules())
                .isEqualTo(receipts.inForce().ruleSet().rules());
        assertThat(receipts.call("DescribeReceiptRule", new RuleOperations.Named("s", "r")))
                .isEqualTo(new RuleOperations.Described(rule));
    }

    @Test
    void aRuleThatOnlyAddsFieldsTakesTheMail() throws Exception {
        receipts.create("s", "none");
        receipts.call(
                "CreateReceiptRule",
                new RuleOperations.Create("s", null, rule("add", ReceiptAction.of(new AddHeaderAction("X-A", "1")))));
        receipts.activate("s");
        assertThat(AnyAction.destinations(receipts.inForce().ruleSet()))
                .containsExactly("addHeader:[name=X-A, value=1]", "stop:rule", "stop:rule");
    }

    @Test
    void whatARuleNamesIsTriedBeforeItIsKept() throws Exception {
        receipts.create("s");
        refused(
                "InvalidS3ConfigurationException",
                "Could not write to bucket: bad",
                () -> createWith(ReceiptAction.of(new S3Action(null, "bad", null, null, null))));
        refused(
                "InvalidS3ConfigurationException",
                "Unable to use AWS KMS key: bad",
                () -> createWith(ReceiptAction.of(new S3Action(null, "mail", null, "bad", null))));
        refused(
                "InvalidSnsTopicException",
                "Invalid SNS topic: bad",
                () -> createWith(ReceiptAction.of(new SNSAction("bad", null))));
        refused(
                "InvalidLambdaFunctionException",
                "Invalid Lambda function: bad",
                () -> createWith(ReceiptAction.of(new LambdaAction(null, "bad", null))));
        refused(
                "InvalidParameterValue",
                "Identity is not verified: bad@example.com",
                () -> createWith(ReceiptAction.of(new BounceAction(null, "550", null, "no", "bad@example.com"))));
        refused(
                "InvalidParameterValue",
                "WorkMail is not available here: WorkmailAction",
                () -> createWith(new ReceiptAction(
                        null, null, new ReceiptAction.WorkmailAction(null, "arn"), null, null, null, null, null)));
        refused(
                "InvalidParameterValue",
                "Exactly one action must be specified in each receipt action",
                () -> createWith(new ReceiptAction(null, null, null, null, null, null, null, null)));
        refused(
                "InvalidParameterValue",
                "Rule r: 'unreadable' cannot be used",
                () -> createWith(ReceiptAction.of(new S3Action(null, "unreadable", null, null, null))));
        assertThat(receipts.rules("s")).isEmpty();
        assertThat(receipts.targets.tried).isEmpty();

        createWith(
                ReceiptAction.of(new S3Action(TOPIC, "mail", null, null, null)),
                ReceiptAction.of(new SNSAction(TOPIC, null)));
        assertThat(receipts.targets.tried).hasSize(3);
        assertThat(receipts.targets.tried.get(0)).isEqualTo("s3 mail");
        assertThat(receipts.targets.tried.get(1))
                .startsWith("sns " + TOPIC + " {\"notificationType\":\"Received\"")
                .contains("\"messageId\":\"AMAZON_SES_SETUP_NOTIFICATION\"")
                .contains("\"type\":\"S3\"");
    }

    private void createWith(ReceiptAction... actions) throws Exception {
        receipts.call("CreateReceiptRule", new RuleOperations.Create("s", null, rule("r", actions)));
    }
}
