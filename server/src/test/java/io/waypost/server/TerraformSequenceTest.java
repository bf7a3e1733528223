package io.waypost.server;

import static io.waypost.server.AwsServer.refused;
import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ses.model.BehaviorOnMXFailure;
import software.amazon.awssdk.services.ses.model.InvocationType;
import software.amazon.awssdk.services.ses.model.NotificationType;
import software.amazon.awssdk.services.ses.model.ReceiptAction;
import software.amazon.awssdk.services.ses.model.ReceiptFilter;
import software.amazon.awssdk.services.ses.model.ReceiptFilterPolicy;
import software.amazon.awssdk.services.ses.model.ReceiptRule;
import software.amazon.awssdk.services.ses.model.RuleDoesNotExistException;
import software.amazon.awssdk.services.ses.model.RuleSetDoesNotExistException;
import software.amazon.awssdk.services.ses.model.SNSActionEncoding;
import software.amazon.awssdk.services.ses.model.SesException;
import software.amazon.awssdk.services.ses.model.StopScope;
import software.amazon.awssdk.services.ses.model.TlsPolicy;
import software.amazon.awssdk.services.ses.model.VerificationStatus;
import software.amazon.awssdk.services.sesv2.model.DkimSigningAttributesOrigin;
import software.amazon.awssdk.services.sesv2.model.DkimSigningKeyLength;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/**
 * The calls that Terraform's AWS provider makes for each of its resources, in its order, with its members, and what it reads out of
 * the answers. A second read that differs from the first would be a plan that never comes to rest.
 */
class TerraformSequenceTest {

    private static final List<String> SAMPLE_RATES = List.of(
            "ApplicationSuccessFeedbackSampleRate",
            "FirehoseSuccessFeedbackSampleRate",
            "HTTPSuccessFeedbackSampleRate",
            "LambdaSuccessFeedbackSampleRate",
            "SQSSuccessFeedbackSampleRate");

    @TempDir
    Path folder;

    private AwsServer aws;

    @BeforeEach
    void begin() throws Exception {
        aws = AwsServer.start(folder);
    }

    @AfterEach
    void end() throws Exception {
        aws.close();
    }

    private void setTopic(String arn, String name, String value) {
        aws.sns()
                .setTopicAttributes(set -> set.topicArn(arn).attributeName(name).attributeValue(value));
    }

    private Map<String, String> topic(String arn) {
        return new TreeMap<>(
                aws.sns().getTopicAttributes(get -> get.topicArn(arn)).attributes());
    }

    private Map<String, String> tags(String arn) {
        Map<String, String> all = new TreeMap<>();
        aws.sns()
                .listTagsForResource(list -> list.resourceArn(arn))
                .tags()
                .forEach(tag -> all.put(tag.key(), tag.value()));
        return all;
    }

    @Test
    void aws_sns_topic() {
        // Create: every number of the schema is set, the zeros too.
        String arn = aws.sns()
                .createTopic(create ->
                        create.name("inbound").tags(tag -> tag.key("team").value("mail")))
                .topicArn();
        SAMPLE_RATES.forEach(rate -> setTopic(arn, rate, "0"));
        setTopic(arn, "DisplayName", "Inbound");
        setTopic(arn, "TracingConfig", "PassThrough");
        setTopic(arn, "SignatureVersion", "2");
        setTopic(arn, "HTTPFailureFeedbackRoleArn", "arn:aws:iam::123456789012:role/feedback");
        setTopic(arn, "HTTPSuccessFeedbackSampleRate", "40");
        setTopic(arn, "DeliveryPolicy", "{\"http\":{\"disableSubscriptionOverrides\":false}}");
        // Read.
        Map<String, String> read = topic(arn);
        assertThat(read)
                .containsEntry("TopicArn", arn)
                .containsEntry("Owner", AwsServer.ACCOUNT)
                .containsEntry("DisplayName", "Inbound")
                .containsEntry("TracingConfig", "PassThrough")
                .containsEntry("SignatureVersion", "2")
                .containsEntry("HTTPFailureFeedbackRoleArn", "arn:aws:iam::123456789012:role/feedback")
                .containsEntry("HTTPSuccessFeedbackSampleRate", "40")
                .containsEntry("DeliveryPolicy", "{\"http\":{\"disableSubscriptionOverrides\":false}}");
        assertThat(read.get("Policy")).contains("\"AWS\":\"*\"").contains(arn);
        assertThat(tags(arn)).isEqualTo(Map.of("team", "mail"));
        // Plan without a difference.
        assertThat(topic(arn)).isEqualTo(read);
        // Update: what was taken away is set to nothing; tags by their own calls.
        setTopic(arn, "DisplayName", "");
        setTopic(arn, "DeliveryPolicy", "");
        setTopic(arn, "HTTPFailureFeedbackRoleArn", "");
        setTopic(arn, "HTTPSuccessFeedbackSampleRate", "0");
        aws.sns().untagResource(untag -> untag.resourceArn(arn).tagKeys("team"));
        aws.sns().tagResource(tag -> tag.resourceArn(arn)
                .tags(one -> one.key("stage").value("live")));
        assertThat(topic(arn))
                .containsEntry("DisplayName", "")
                .doesNotContainKeys("DeliveryPolicy", "HTTPFailureFeedbackRoleArn")
                .containsEntry("HTTPSuccessFeedbackSampleRate", "0");
        assertThat(tags(arn)).isEqualTo(Map.of("stage", "live"));
        // Destroy, and once more after somebody else did.
        aws.sns().deleteTopic(delete -> delete.topicArn(arn));
        refused(NotFoundException.class, () -> topic(arn));
        aws.sns().deleteTopic(delete -> delete.topicArn(arn));
    }

    @Test
    void aws_sns_topic_policy() {
        String arn = aws.sns().createTopic(create -> create.name("inbound")).topicArn();
        String first = topic(arn).get("Policy");
        String policy = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ses.amazonaws.com"},\
                "Action":"SNS:Publish","Resource":"%s"}]}""".formatted(arn);
        setTopic(arn, "Policy", policy);
        assertThat(topic(arn)).containsEntry("Policy", policy);
        // Destroy: the policy that every topic has is set again.
        setTopic(arn, "Policy", String.valueOf(first));
        assertThat(topic(arn)).containsEntry("Policy", first);
    }

    private Map<String, String> subscription(String arn) {
        return new TreeMap<>(aws.sns()
                .getSubscriptionAttributes(get -> get.subscriptionArn(arn))
                .attributes());
    }

    private void setSubscription(String arn, String name, String value) {
        aws.sns()
                .setSubscriptionAttributes(
                        set -> set.subscriptionArn(arn).attributeName(name).attributeValue(value));
    }

    @Test
    void aws_sns_topic_subscription() {
        String topic = aws.sns().createTopic(create -> create.name("inbound")).topicArn();
        String endpoint = aws.sink().url() + "/sns";
        // Create.
        String arn = aws.sns()
                .subscribe(subscribe -> subscribe
                        .topicArn(topic)
                        .protocol("http")
                        .endpoint(endpoint)
                        .returnSubscriptionArn(true)
                        .attributes(Map.of("RawMessageDelivery", "true")))
                .subscriptionArn();
        assertThat(arn).startsWith(topic + ":");
        // endpoint_auto_confirms: read until it is confirmed.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> "false".equals(subscription(arn).get("PendingConfirmation")));
        Map<String, String> read = subscription(arn);
        assertThat(read)
                .containsEntry("SubscriptionArn", arn)
                .containsEntry("TopicArn", topic)
                .containsEntry("Owner", AwsServer.ACCOUNT)
                .containsEntry("Protocol", "http")
                .containsEntry("Endpoint", endpoint)
                .containsEntry("RawMessageDelivery", "true")
                .containsEntry("ConfirmationWasAuthenticated", "false")
                .doesNotContainKeys("FilterPolicy", "RedrivePolicy", "DeliveryPolicy", "ReplayPolicy");
        // Plan without a difference.
        assertThat(subscription(arn)).isEqualTo(read);
        // Update.
        setSubscription(arn, "RawMessageDelivery", "false");
        setSubscription(arn, "FilterPolicy", "{}");
        aws.sns().setSubscriptionAttributes(set -> set.subscriptionArn(arn).attributeName("RedrivePolicy"));
        assertThat(subscription(arn)).containsEntry("RawMessageDelivery", "false");
        // Destroy: read until it is gone.
        aws.sns().unsubscribe(unsubscribe -> unsubscribe.subscriptionArn(arn));
        refused(NotFoundException.class, () -> subscription(arn));
        aws.sns().unsubscribe(unsubscribe -> unsubscribe.subscriptionArn(arn));
    }

    @Test
    void aws_sns_topic_subscription_thatNobodyConfirms() {
        String topic = aws.sns().createTopic(create -> create.name("inbound")).topicArn();
        String arn = aws.sns()
                .subscribe(subscribe -> subscribe
                        .topicArn(topic)
                        .protocol("https")
                        .endpoint("https://consumer.invalid/sns")
                        .returnSubscriptionArn(true))
                .subscriptionArn();
        assertThat(subscription(arn)).containsEntry("PendingConfirmation", "true");
        // Destroy: either this is refused as pending, or it is gone.
        aws.sns().unsubscribe(unsubscribe -> unsubscribe.subscriptionArn(arn));
        refused(NotFoundException.class, () -> subscription(arn));
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

    @Test
    void aws_ses_domain_identity_and_what_hangs_on_it() {
        String domain = "example.org";
        // aws_ses_domain_identity: the token comes with the read.
        String token =
                aws.ses().verifyDomainIdentity(verify -> verify.domain(domain)).verificationToken();
        assertThat(verification(domain).orElseThrow().verificationToken()).isEqualTo(token);
        // aws_ses_domain_identity_verification: read until it says so.
        assertThat(verification(domain).orElseThrow().verificationStatus()).isEqualTo(VerificationStatus.SUCCESS);
        // aws_ses_domain_dkim
        List<String> tokens =
                aws.ses().verifyDomainDkim(verify -> verify.domain(domain)).dkimTokens();
        assertThat(aws.ses()
                        .getIdentityDkimAttributes(get -> get.identities(domain))
                        .dkimAttributes()
                        .get(domain)
                        .dkimTokens())
                .isEqualTo(tokens)
                .hasSize(3);
        // aws_ses_domain_mail_from
        aws.ses().setIdentityMailFromDomain(set -> set.identity(domain)
                .mailFromDomain("bounce.example.org")
                .behaviorOnMXFailure(BehaviorOnMXFailure.USE_DEFAULT_VALUE));
        assertThat(mailFrom(domain)).isEqualTo("bounce.example.org");
        // aws_ses_identity_notification_topic
        String topic = aws.sns().createTopic(create -> create.name("bounces")).topicArn();
        aws.ses().setIdentityNotificationTopic(set -> set.identity(domain)
                .notificationType(NotificationType.BOUNCE)
                .snsTopic(topic));
        aws.ses().setIdentityHeadersInNotificationsEnabled(set -> set.identity(domain)
                .notificationType(NotificationType.BOUNCE)
                .enabled(true));
        var attributes = aws.ses()
                .getIdentityNotificationAttributes(get -> get.identities(domain))
                .notificationAttributes()
                .get(domain);
        assertThat(attributes.bounceTopic()).isEqualTo(topic);
        assertThat(attributes.headersInBounceNotificationsEnabled()).isTrue();
        assertThat(attributes.complaintTopic()).isNull();
        // Destroy, from the leaves on.
        aws.ses().setIdentityNotificationTopic(set -> set.identity(domain).notificationType(NotificationType.BOUNCE));
        aws.ses().setIdentityMailFromDomain(set -> set.identity(domain));
        assertThat(Optional.ofNullable(mailFrom(domain)).filter(not(String::isEmpty)))
                .isEmpty();
        aws.ses().deleteIdentity(delete -> delete.identity(domain));
        // Read after it: not in the answer means gone.
        assertThat(verification(domain)).isEmpty();
        assertThat(aws.ses()
                        .getIdentityDkimAttributes(get -> get.identities(domain))
                        .dkimAttributes())
                .doesNotContainKey(domain);
        assertThat(aws.ses()
                        .getIdentityMailFromDomainAttributes(get -> get.identities(domain))
                        .mailFromDomainAttributes())
                .doesNotContainKey(domain);
        assertThat(aws.ses()
                        .getIdentityNotificationAttributes(get -> get.identities(domain))
                        .notificationAttributes())
                .doesNotContainKey(domain);
        aws.ses().deleteIdentity(delete -> delete.identity(domain));
        assertThat(refused(SesException.class, () -> aws.ses().setIdentityNotificationTopic(set -> set.identity(domain)
                                .notificationType(NotificationType.BOUNCE)))
                        .awsErrorDetails())
                .matches(error -> error.errorCode().equals("InvalidParameterValue"))
                .matches(error -> error.errorMessage().contains("Must be a verified email address or domain"));
    }

    private Optional<software.amazon.awssdk.services.ses.model.IdentityVerificationAttributes> verification(
            String identity) {
        return Optional.ofNullable(aws.ses()
                .getIdentityVerificationAttributes(get -> get.identities(identity))
                .verificationAttributes()
                .get(identity));
    }

    private String mailFrom(String identity) {
        return aws.ses()
                .getIdentityMailFromDomainAttributes(get -> get.identities(identity))
                .mailFromDomainAttributes()
                .get(identity)
                .mailFromDomain();
    }

    @Test
    void aws_ses_email_identity() {
        aws.ses().verifyEmailIdentity(verify -> verify.emailAddress("help@example.net"));
        assertThat(verification("help@example.net")).isPresent();
        aws.ses().deleteIdentity(delete -> delete.identity("help@example.net"));
        assertThat(verification("help@example.net")).isEmpty();
    }

    @Test
    void aws_sesv2_email_identity() {
        String domain = "example.com";
        aws.sesv2().createEmailIdentity(create -> create.emailIdentity(domain)
                .tags(tag -> tag.key("team").value("mail"))
                .dkimSigningAttributes(dkim -> dkim.nextSigningKeyLength(DkimSigningKeyLength.RSA_2048_BIT)));
        // The provider makes the ARN; with skip_requesting_account_id it knows no account.
        for (String account : List.of(AwsServer.ACCOUNT, "")) {
            assertThat(aws.sesv2()
                            .listTagsForResource(list -> list.resourceArn(identityArn(account, domain)))
                            .tags())
                    .hasSize(1);
        }
        var read = aws.sesv2().getEmailIdentity(get -> get.emailIdentity(domain));
        assertThat(read.identityTypeAsString()).isEqualTo("DOMAIN");
        assertThat(read.verificationStatusAsString()).isEqualTo("SUCCESS");
        assertThat(read.configurationSetName()).isNull();
        assertThat(read.dkimAttributes().signingAttributesOrigin()).isEqualTo(DkimSigningAttributesOrigin.AWS_SES);
        assertThat(read.dkimAttributes().currentSigningKeyLengthAsString()).isEqualTo("RSA_2048_BIT");
        assertThat(read.dkimAttributes().nextSigningKeyLengthAsString()).isEqualTo("RSA_2048_BIT");
        assertThat(read.dkimAttributes().lastKeyGenerationTimestamp()).isNotNull();
        assertThat(read.dkimAttributes().tokens()).hasSize(3);
        // Plan without a difference.
        assertThat(aws.sesv2().getEmailIdentity(get -> get.emailIdentity(domain)))
                .hasToString(read.toString());
        // Update.
        aws.sesv2().tagResource(tag -> tag.resourceArn(identityArn("", domain))
                .tags(one -> one.key("stage").value("live")));
        aws.sesv2().untagResource(untag -> untag.resourceArn(identityArn("", domain))
                .tagKeys("team"));
        aws.sesv2().putEmailIdentityDkimSigningAttributes(put -> put.emailIdentity(domain)
                .signingAttributesOrigin(DkimSigningAttributesOrigin.AWS_SES)
                .signingAttributes(dkim -> dkim.nextSigningKeyLength(DkimSigningKeyLength.RSA_1024_BIT)));
        var updated = aws.sesv2().getEmailIdentity(get -> get.emailIdentity(domain));
        assertThat(updated.dkimAttributes().nextSigningKeyLengthAsString()).isEqualTo("RSA_1024_BIT");
        // aws_sesv2_email_identity_feedback_attributes, aws_sesv2_email_identity_mail_from_attributes
        aws.sesv2().putEmailIdentityFeedbackAttributes(put -> put.emailIdentity(domain)
                .emailForwardingEnabled(true));
        aws.sesv2().putEmailIdentityMailFromAttributes(put -> put.emailIdentity(domain)
                .mailFromDomain("bounce.example.com")
                .behaviorOnMxFailure("REJECT_MESSAGE"));
        var whole = aws.sesv2().getEmailIdentity(get -> get.emailIdentity(domain));
        assertThat(whole.feedbackForwardingStatus()).isTrue();
        assertThat(whole.mailFromAttributes().mailFromDomain()).isEqualTo("bounce.example.com");
        assertThat(whole.mailFromAttributes().behaviorOnMxFailureAsString()).isEqualTo("REJECT_MESSAGE");
        // Destroy: the attributes by setting nothing, then the identity.
        aws.sesv2().putEmailIdentityMailFromAttributes(put -> put.emailIdentity(domain));
        aws.sesv2().putEmailIdentityFeedbackAttributes(put -> put.emailIdentity(domain));
        aws.sesv2().deleteEmailIdentity(delete -> delete.emailIdentity(domain));
        refused(software.amazon.awssdk.services.sesv2.model.NotFoundException.class, () -> aws.sesv2()
                .getEmailIdentity(get -> get.emailIdentity(domain)));
        refused(software.amazon.awssdk.services.sesv2.model.NotFoundException.class, () -> aws.sesv2()
                .deleteEmailIdentity(delete -> delete.emailIdentity(domain)));
    }

    private static String identityArn(String account, String identity) {
        return "arn:aws:ses:" + AwsServer.REGION + ":" + account + ":identity/" + identity;
    }
}
