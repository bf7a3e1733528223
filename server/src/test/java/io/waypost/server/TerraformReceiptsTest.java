package io.waypost.server;

import static io.waypost.server.AwsServer.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ses.model.InvocationType;
import software.amazon.awssdk.services.ses.model.ReceiptAction;
import software.amazon.awssdk.services.ses.model.ReceiptFilter;
import software.amazon.awssdk.services.ses.model.ReceiptFilterPolicy;
import software.amazon.awssdk.services.ses.model.ReceiptRule;
import software.amazon.awssdk.services.ses.model.RuleDoesNotExistException;
import software.amazon.awssdk.services.ses.model.RuleSetDoesNotExistException;
import software.amazon.awssdk.services.ses.model.SNSActionEncoding;
import software.amazon.awssdk.services.ses.model.StopScope;
import software.amazon.awssdk.services.ses.model.TlsPolicy;

/**
 * The calls that Terraform's AWS provider makes for rule sets, rules and filters, in its order, with its members, and what it reads out of
 * the answers. A second read that differs from the first would be a plan that never comes to rest.
 */
class TerraformReceiptsTest {

    @AutoClose
    private AwsServer aws;

    @BeforeEach
    void begin(@TempDir Path folder) throws Exception {
        aws = AwsServer.start(folder);
    }

    private ReceiptRule rule(String name) {
        return aws.ses()
                .describeReceiptRule(describe -> describe.ruleSetName("inbound").ruleName(name))
                .rule();
    }

    private List<String> order() {
        return aws.ses().describeReceiptRuleSet(describe -> describe.ruleSetName("inbound")).rules().stream()
                .map(ReceiptRule::name)
                .toList();
    }

    @Test
    void aws_ses_receipt_rule_set() {
        aws.ses().createReceiptRuleSet(create -> create.ruleSetName("inbound"));
        assertThat(aws.ses()
                        .describeReceiptRuleSet(describe -> describe.ruleSetName("inbound"))
                        .metadata()
                        .name())
                .isEqualTo("inbound");
        aws.ses().deleteReceiptRuleSet(delete -> delete.ruleSetName("inbound"));
        refused(RuleSetDoesNotExistException.class, this::order);
        aws.ses().deleteReceiptRuleSet(delete -> delete.ruleSetName("inbound"));
    }

    @Test
    void aws_ses_receipt_rule() {
        String topic = aws.sns().createTopic(create -> create.name("inbound")).topicArn();
        aws.sesv2().createEmailIdentity(create -> create.emailIdentity("example.org"));
        aws.ses().createReceiptRuleSet(create -> create.ruleSetName("inbound"));
        // Create: false and empty values are not sent; the actions are always there, in the order of their positions.
        ReceiptRule everything = ReceiptRule.builder()
                .name("everything")
                .enabled(true)
                .scanEnabled(true)
                .tlsPolicy(TlsPolicy.REQUIRE)
                .recipients("help@example.org", "example.org", ".example.org")
                .actions(
                        ReceiptAction.builder()
                                .addHeaderAction(
                                        header -> header.headerName("X-Queue").headerValue("help"))
                                .build(),
                        ReceiptAction.builder()
                                .s3Action(s3 -> s3.bucketName("mail").objectKeyPrefix("in/"))
                                .build(),
                        ReceiptAction.builder()
                                .s3Action(s3 -> s3.bucketName("mail").topicArn(topic))
                                .build(),
                        ReceiptAction.builder()
                                .lambdaAction(lambda ->
                                        lambda.functionArn(AwsServer.FUNCTION).invocationType(InvocationType.EVENT))
                                .build(),
                        ReceiptAction.builder()
                                .snsAction(sns -> sns.topicArn(topic).encoding(SNSActionEncoding.UTF_8))
                                .build(),
                        ReceiptAction.builder()
                                .bounceAction(bounce -> bounce.message("No such mailbox")
                                        .sender("no-reply@example.org")
                                        .smtpReplyCode("550")
                                        .statusCode("5.1.1"))
                                .build(),
                        ReceiptAction.builder()
                                .stopAction(stop -> stop.scope(StopScope.RULE_SET))
                                .build())
                .build();
        aws.ses().createReceiptRule(create -> create.ruleSetName("inbound").rule(everything));
        ReceiptRule bare = ReceiptRule.builder().name("bare").actions(List.of()).build();
        aws.ses()
                .createReceiptRule(
                        create -> create.ruleSetName("inbound").rule(bare).after("everything"));
        assertThat(order()).containsExactly("everything", "bare");
        // Read: absent is absent, never empty.
        assertThat(rule("everything")).isEqualTo(everything);
        assertThat(rule("bare").enabled()).isFalse();
        assertThat(rule("bare").scanEnabled()).isFalse();
        assertThat(rule("bare").tlsPolicy()).isEqualTo(TlsPolicy.OPTIONAL);
        assertThat(rule("bare").recipients()).isEmpty();
        assertThat(rule("bare").actions()).isEmpty();
        // Update: the whole rule; then its place, where "after" taken away is sent as an empty name.
        ReceiptRule changed = everything.toBuilder()
                .tlsPolicy(TlsPolicy.OPTIONAL)
                .enabled(null)
                .scanEnabled(null)
                .build();
        aws.ses().updateReceiptRule(update -> update.ruleSetName("inbound").rule(changed));
        assertThat(rule("everything").enabled()).isFalse();
        assertThat(rule("everything").scanEnabled()).isFalse();
        assertThat(order()).containsExactly("everything", "bare");
        aws.ses().updateReceiptRule(update -> update.ruleSetName("inbound").rule(bare));
        aws.ses()
                .setReceiptRulePosition(
                        move -> move.ruleSetName("inbound").ruleName("bare").after(""));
        assertThat(order()).containsExactly("bare", "everything");
        aws.ses()
                .setReceiptRulePosition(
                        move -> move.ruleSetName("inbound").ruleName("bare").after("everything"));
        assertThat(order()).containsExactly("everything", "bare");
        // Destroy, a read after it, and after the set has gone as well.
        aws.ses().deleteReceiptRule(delete -> delete.ruleSetName("inbound").ruleName("bare"));
        refused(RuleDoesNotExistException.class, () -> rule("bare"));
        aws.ses().deleteReceiptRule(delete -> delete.ruleSetName("inbound").ruleName("bare"));
        aws.ses().deleteReceiptRuleSet(delete -> delete.ruleSetName("inbound"));
        refused(RuleSetDoesNotExistException.class, () -> rule("everything"));
    }

    @Test
    void aws_ses_active_receipt_rule_set() {
        aws.ses().createReceiptRuleSet(create -> create.ruleSetName("inbound"));
        assertThat(aws.ses().describeActiveReceiptRuleSet().metadata()).isNull();
        aws.ses().setActiveReceiptRuleSet(set -> set.ruleSetName("inbound"));
        assertThat(aws.ses().describeActiveReceiptRuleSet().metadata().name()).isEqualTo("inbound");
        // Destroy: nothing is active; twice does no harm.
        aws.ses().setActiveReceiptRuleSet();
        assertThat(aws.ses().describeActiveReceiptRuleSet().metadata()).isNull();
        aws.ses().setActiveReceiptRuleSet();
    }

    private Optional<ReceiptFilter> filter(String name) {
        return aws.ses().listReceiptFilters().filters().stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
    }

    @Test
    void aws_ses_receipt_filter() {
        // The text of the network is what the plan compares.
        for (String cidr : List.of("10.10.10.10", "10.10.10.0/24", "10.10.10.10/32")) {
            aws.ses()
                    .createReceiptFilter(create -> create.filter(filter -> filter.name("block-spammer")
                            .ipFilter(ip -> ip.cidr(cidr).policy(ReceiptFilterPolicy.BLOCK))));
            assertThat(filter("block-spammer").orElseThrow().ipFilter().cidr()).isEqualTo(cidr);
            assertThat(filter("block-spammer").orElseThrow().ipFilter().policy())
                    .isEqualTo(ReceiptFilterPolicy.BLOCK);
            aws.ses().deleteReceiptFilter(delete -> delete.filterName("block-spammer"));
            assertThat(filter("block-spammer")).isEmpty();
        }
        aws.ses().deleteReceiptFilter(delete -> delete.filterName("block-spammer"));
    }
}
