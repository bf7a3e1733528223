package io.waypost.server;

import static io.waypost.server.AwsServer.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/**
 * The calls that Terraform's AWS provider makes for topics and subscriptions, in its order, with its members, and what it reads out of
 * the answers. A second read that differs from the first would be a plan that never comes to rest.
 */
class TerraformTopicsTest {

    private static final List<String> SAMPLE_RATES = List.of(
            "ApplicationSuccessFeedbackSampleRate",
            "FirehoseSuccessFeedbackSampleRate",
            "HTTPSuccessFeedbackSampleRate",
            "LambdaSuccessFeedbackSampleRate",
            "SQSSuccessFeedbackSampleRate");

    @AutoClose
    private AwsServer aws;

    @BeforeEach
    void begin(@TempDir Path folder) throws Exception {
        aws = AwsServer.start(folder);
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
}
