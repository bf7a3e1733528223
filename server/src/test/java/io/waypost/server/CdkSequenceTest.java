package io.waypost.server;

import static io.waypost.server.AwsServer.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ses.model.CannotDeleteException;
import software.amazon.awssdk.services.ses.model.InvocationType;
import software.amazon.awssdk.services.ses.model.ReceiptAction;
import software.amazon.awssdk.services.ses.model.ReceiptFilterPolicy;
import software.amazon.awssdk.services.ses.model.ReceiptRule;
import software.amazon.awssdk.services.ses.model.RuleDoesNotExistException;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;

/**
 * What a stack of CDK's {@code aws-ses} constructs comes to: the resources that it synthesizes, carried out by the calls of the APIs that
 * they stand for, with names as CloudFormation makes them, and the calls of custom resources ({@code AwsCustomResource}).
 */
class CdkSequenceTest {

    private static final String SET = "MailStack-RuleSetE30C6C48-1A2B3C4D5E6F7";
    private static final String DROP_SPAM = "MailStack-RuleSetDropSpamRule5809F51B-0A1B2C3D4E5F";
    private static final String STORE = "MailStack-RuleSetStoreRule-9Z8Y7X6W5V4U";

    @AutoClose
    private AwsServer aws;

    @BeforeEach
    void begin(@TempDir Path folder) throws Exception {
        aws = AwsServer.start(folder);
    }

    private void activate() {
        aws.ses().setActiveReceiptRuleSet(set -> set.ruleSetName(SET));
    }

    private void create(ReceiptRule rule) {
        aws.ses().createReceiptRule(create -> create.ruleSetName(SET).rule(rule));
    }

    private void createAfter(String after, ReceiptRule rule) {
        aws.ses().createReceiptRule(create -> create.ruleSetName(SET).rule(rule).after(after));
    }

    private static ReceiptRule dropSpam() {
        return ReceiptRule.builder()
                .name(DROP_SPAM)
                .enabled(true)
                .scanEnabled(true)
                .actions(ReceiptAction.builder()
                        .lambdaAction(lambda ->
                                lambda.functionArn(AwsServer.FUNCTION).invocationType(InvocationType.REQUEST_RESPONSE))
                        .build())
                .build();
    }

    private ReceiptRule store(String name, String prefix) {
        String topic = aws.sns().createTopic(create -> create.name("Topic")).topicArn();
        return ReceiptRule.builder()
                .name(name)
                .enabled(true)
                .recipients("hello@example.org")
                .actions(ReceiptAction.builder()
                        .s3Action(s3 ->
                                s3.bucketName("mail").objectKeyPrefix(prefix).topicArn(topic))
                        .build())
                .build();
    }

    @Test
    void receiptRuleSetWithDropSpamAndActivation() {
        // Create: each rule waits for the one before it.
        aws.ses().createReceiptRuleSet(create -> create.ruleSetName(SET));
        create(dropSpam());
        createAfter(DROP_SPAM, store(STORE, "emails/"));
        activate();
        assertThat(aws.ses().describeActiveReceiptRuleSet().rules())
                .extracting(ReceiptRule::name)
                .containsExactly(DROP_SPAM, STORE);
        // Update in place; a deployment that changes nothing runs the custom resource again.
        aws.ses().updateReceiptRule(update -> update.ruleSetName(SET).rule(store(STORE, "mails/")));
        activate();
        assertThat(aws.ses()
                        .describeReceiptRule(
                                describe -> describe.ruleSetName(SET).ruleName(STORE))
                        .rule()
                        .actions()
                        .getFirst()
                        .s3Action()
                        .objectKeyPrefix())
                .isEqualTo("mails/");
        // Replacement: the new one is made first, then the old one goes.
        createAfter(DROP_SPAM, store("MailStack-StoreRule-NEW", "mails/"));
        aws.ses().deleteReceiptRule(delete -> delete.ruleSetName(SET).ruleName(STORE));
        assertThat(aws.ses().describeActiveReceiptRuleSet().rules())
                .extracting(ReceiptRule::name)
                .containsExactly(DROP_SPAM, "MailStack-StoreRule-NEW");
        // Rollback of a rule that was made already.
        refused(
                RuleDoesNotExistException.class,
                () -> createAfter("MailStack-None", store("MailStack-Third", "mails/")));
        aws.ses().deleteReceiptRule(delete -> delete.ruleSetName(SET).ruleName("MailStack-Third"));
        // Destroy: with its set still active, it fails as it does with SES; with onDelete it works.
        aws.ses().deleteReceiptRule(delete -> delete.ruleSetName(SET).ruleName("MailStack-StoreRule-NEW"));
        aws.ses().deleteReceiptRule(delete -> delete.ruleSetName(SET).ruleName(DROP_SPAM));
        refused(CannotDeleteException.class, () -> aws.ses().deleteReceiptRuleSet(delete -> delete.ruleSetName(SET)));
        aws.ses().setActiveReceiptRuleSet();
        aws.ses().deleteReceiptRuleSet(delete -> delete.ruleSetName(SET));
        assertThat(aws.ses().listReceiptRuleSets().ruleSets()).isEmpty();
    }

    @Test
    void allowListReceiptFilter() {
        filter("MailStack-AllowListBlockAll", "0.0.0.0/0", ReceiptFilterPolicy.BLOCK);
        filter("MailStack-AllowListAllow10000016", "10.0.0.0/16", ReceiptFilterPolicy.ALLOW);
        assertThat(aws.ses().listReceiptFilters().filters()).hasSize(2);
        aws.ses().deleteReceiptFilter(delete -> delete.filterName("MailStack-AllowListAllow10000016"));
        aws.ses().deleteReceiptFilter(delete -> delete.filterName("MailStack-AllowListBlockAll"));
        assertThat(aws.ses().listReceiptFilters().filters()).isEmpty();
    }

    private void filter(String name, String cidr, ReceiptFilterPolicy policy) {
        aws.ses()
                .createReceiptFilter(create -> create.filter(
                        filter -> filter.name(name).ipFilter(ip -> ip.cidr(cidr).policy(policy))));
    }

    @Test
    void emailIdentity() {
        String domain = "example.org";
        aws.sesv2().createEmailIdentity(create -> create.emailIdentity(domain));
        aws.sesv2()
                .putEmailIdentityDkimAttributes(put -> put.emailIdentity(domain).signingEnabled(true));
        aws.sesv2().putEmailIdentityFeedbackAttributes(put -> put.emailIdentity(domain)
                .emailForwardingEnabled(true));
        aws.sesv2().putEmailIdentityMailFromAttributes(put -> put.emailIdentity(domain)
                .mailFromDomain("mail.example.org")
                .behaviorOnMxFailure("USE_DEFAULT_VALUE"));
        // What Fn::GetAtt gives to Route 53: DkimDNSTokenName1 to 3.
        var read = aws.sesv2().getEmailIdentity(get -> get.emailIdentity(domain));
        assertThat(read.dkimAttributes().tokens()).hasSize(3).doesNotHaveDuplicates();
        assertThat(read.dkimAttributes().signingEnabled()).isTrue();
        assertThat(read.mailFromAttributes().mailFromDomain()).isEqualTo("mail.example.org");
        aws.sesv2().deleteEmailIdentity(delete -> delete.emailIdentity(domain));
        refused(NotFoundException.class, () -> aws.sesv2().getEmailIdentity(get -> get.emailIdentity(domain)));
    }

    @Test
    void customResourceThatVerifiesAnAddress() {
        aws.ses().verifyEmailIdentity(verify -> verify.emailAddress("info@example.org"));
        aws.ses().deleteIdentity(delete -> delete.identity("info@example.org"));
        aws.ses().deleteIdentity(delete -> delete.identity("info@example.org"));
        assertThat(aws.ses().listIdentities().identities()).doesNotContain("info@example.org");
    }
}
