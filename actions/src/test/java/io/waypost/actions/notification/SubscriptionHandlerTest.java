package io.waypost.actions.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.actions.webhook.Endpoint;
import io.waypost.actions.webhook.LoopbackHttp;
import io.waypost.actions.webhook.http.HttpDestination;
import io.waypost.message.Outcome;
import io.waypost.message.topic.Subscription;
import io.waypost.message.topic.Topic.Signature;
import io.waypost.message.topic.TopicMessage;
import io.waypost.message.topic.TopicMessage.Attribute;
import io.waypost.message.topic.TopicMessage.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The envelope of SNS and how it is delivered (SES contract 3.4). */
class SubscriptionHandlerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private static final LoopbackHttp HTTP = new LoopbackHttp();

    private Endpoint endpoint;
    private TopicLine line;

    @BeforeEach
    void listen() throws IOException {
        endpoint = new Endpoint();
        line = new TopicLine(HTTP.sender(), (to, body, headers) -> {}).subscribed(reached(Optional.empty()));
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private Subscriber reached(Optional<String> login) {
        return new Subscriber.Http(
                new HttpDestination(endpoint.url("/sns"), Duration.ofSeconds(10), 4, true), login, Optional.empty());
    }

    private Outcome publish(TopicMessage message) throws Exception {
        assertThat(line.publications.publish(message, Optional.empty())).isPresent();
        return line.deliver(1).get("sub-1");
    }

    private static TopicMessage plain(String text, Optional<String> subject) {
        return TopicMessage.notification(TopicLine.INBOUND, text, subject);
    }

    private JsonNode envelope() throws IOException {
        return JSON.readTree(endpoint.got.getLast().body());
    }

    /** As a consumer does it, who knows only the documents of SNS. */
    private static boolean verified(JsonNode envelope, String... names) throws Exception {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(name).append('\n').append(envelope.get(name).asText()).append('\n');
        }
        String algorithm = envelope.get("SignatureVersion").asText().equals("1") ? "SHA1withRSA" : "SHA256withRSA";
        java.security.Signature signature = java.security.Signature.getInstance(algorithm);
        signature.initVerify(TopicLine.KEYS.getPublic());
        signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return signature.verify(
                Base64.getDecoder().decode(envelope.get("Signature").asText()));
    }

    @ParameterizedTest
    @EnumSource(Signature.class)
    void aNotificationIsSignedInTheOrderOfSns(Signature version) throws Exception {
        line.change("sub-1", version, true, "", false);
        publish(plain("gr\u00fcn \ud83d\udfe2", Optional.of("A subject")));
        assertThat(envelope().get("SignatureVersion").asText()).isEqualTo(version.version());
        assertThat(verified(envelope(), "Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"))
                .isTrue();
        assertThat(verified(envelope(), "Message", "MessageId", "Timestamp", "TopicArn", "Type"))
                .as("the subject is signed")
                .isFalse();
    }

    @Test
    void withoutASubjectThereIsNone() throws Exception {
        publish(plain("text", Optional.empty()));
        assertThat(envelope().has("Subject")).isFalse();
        assertThat(verified(envelope(), "Message", "MessageId", "Timestamp", "TopicArn", "Type"))
                .isTrue();
        assertThat(envelope().get("SigningCertURL").asText())
                .isEqualTo("https://mx.example.com/SimpleNotificationService-test.pem");
        assertThat(envelope().get("UnsubscribeURL").asText())
                .isEqualTo("https://mx.example.com/?Action=Unsubscribe&SubscriptionArn="
                        + "arn%3Aaws%3Asns%3Aus-east-1%3A000000000000%3Ainbound%3Asub-1");
        assertThat(endpoint.got.getLast().headers())
                .containsEntry("x-amz-sns-subscription-arn", TopicLine.INBOUND + ":sub-1")
                .containsEntry("x-amz-sns-message-type", "Notification");
    }

    @Test
    void aConfirmationIsSignedWithItsTokenAndLink() throws Exception {
        line.change("sub-1", Signature.SHA1, false, "token-1", false);
        line.publications.askForConfirmation(line.subscriptions.get("sub-1"));
        assertThat(line.deliver(1).get("sub-1")).isInstanceOf(Outcome.Done.class);
        assertThat(envelope().get("Type").asText()).isEqualTo("SubscriptionConfirmation");
        assertThat(envelope().get("Token").asText()).isEqualTo("token-1");
        assertThat(envelope().get("SubscribeURL").asText())
                .isEqualTo("https://mx.example.com/?Action=ConfirmSubscription&TopicArn="
                        + "arn%3Aaws%3Asns%3Aus-east-1%3A000000000000%3Ainbound&Token=token-1");
        assertThat(verified(
                        envelope(), "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"))
                .isTrue();
        assertThat(envelope().has("UnsubscribeURL")).isFalse();
        assertThat(endpoint.got.getLast().headers())
                .containsEntry("x-amz-sns-message-type", "SubscriptionConfirmation")
                .doesNotContainKey("x-amz-sns-subscription-arn");
    }

    @Test
    void whoWasUnsubscribedByALinkIsToldHowToComeBack() throws Exception {
        line.change("sub-1", Signature.SHA256, false, "token-2", true);
        line.publications.tellUnsubscribed(line.subscriptions.get("sub-1"));
        assertThat(line.deliver(1).get("sub-1")).isInstanceOf(Outcome.Done.class);
        assertThat(envelope().get("Type").asText()).isEqualTo("UnsubscribeConfirmation");
        assertThat(envelope().get("Message").asText())
                .startsWith("You have chosen to deactivate subscription " + TopicLine.INBOUND + ":sub-1.\n");
        assertThat(envelope().get("SubscribeURL").asText()).endsWith("&Token=token-2");
        assertThat(verified(
                        envelope(), "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"))
                .isTrue();
        assertThat(envelope().has("UnsubscribeURL")).isFalse();
        assertThat(endpoint.got.getLast().headers())
                .containsEntry("x-amz-sns-message-type", "UnsubscribeConfirmation")
                .containsEntry("x-amz-sns-subscription-arn", TopicLine.INBOUND + ":sub-1");

        line.change("sub-1", Signature.SHA256, false, "token-3", true);
        line.publications.tellUnsubscribed(line.subscriptions.get("sub-1"));
        line.change("sub-1", Signature.SHA256, true, "token-3", true);
        assertThat(line.deliver(1).get("sub-1")).isEqualTo(Outcome.done("confirmed already"));
    }

    @Test
    void aConfirmationThatIsOutOfDateIsNotSent() throws Exception {
        line.change("sub-1", Signature.SHA1, false, "old", false);
        line.publications.askForConfirmation(line.subscriptions.get("sub-1"));
        line.change("sub-1", Signature.SHA1, false, "new", false);
        assertThat(line.deliver(1).get("sub-1")).isEqualTo(Outcome.done("asked anew since"));
        line.publications.askForConfirmation(line.subscriptions.get("sub-1"));
        line.change("sub-1", Signature.SHA1, true, "new", false);
        assertThat(line.deliver(1).get("sub-1")).isEqualTo(Outcome.done("confirmed already"));
        assertThat(endpoint.got).isEmpty();
    }

    @Test
    void nothingGoesToWhoIsNotSubscribedAnyMore() throws Exception {
        line.publications.publish(plain("text", Optional.empty()), Optional.empty());
        Subscription gone = line.subscriptions.remove("sub-1");
        assertThat(line.deliver(1).get("sub-1")).isEqualTo(Outcome.done("no longer subscribed"));
        line.subscriptions.put("sub-1", gone);
        line.publications.publish(plain("text", Optional.empty()), Optional.empty());
        line.change("sub-1", Signature.SHA1, false, "t", false);
        assertThat(line.deliver(1).get("sub-1")).isInstanceOf(Outcome.Done.class);
        assertThat(endpoint.got).isEmpty();
    }

    @Test
    void aRawMessageIsTheTextAlone() throws Exception {
        line.change("sub-1", Signature.SHA1, true, "", true);
        publish(plain("just this: \u00fc", Optional.of("no")));
        assertThat(endpoint.got.getLast().text()).isEqualTo("just this: \u00fc");
        assertThat(endpoint.got.getLast().headers())
                .containsEntry("x-amz-sns-rawdelivery", "true")
                .containsEntry("x-amz-sns-message-type", "Notification");
    }

    @Test
    void thePasswordIsSaidOnlyToWhoAsksForIt() throws Exception {
        line.reached.put("sub-1", reached(Optional.of("user:p\u00e4ss")));
        publish(plain("one", Optional.empty()));
        assertThat(endpoint.got).hasSize(1);
        assertThat(endpoint.got.getFirst().headers()).doesNotContainKey("authorization");

        endpoint.answers(401, "", Map.of("WWW-Authenticate", "Basic realm=\"x\""));
        assertThat(publish(plain("two", Optional.empty()))).isInstanceOf(Outcome.Retry.class);
        assertThat(endpoint.got).hasSize(3);
        assertThat(endpoint.got.get(1).headers()).doesNotContainKey("authorization");
        assertThat(endpoint.got.get(2).headers())
                .containsEntry(
                        "authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString("user:p\u00e4ss".getBytes(StandardCharsets.UTF_8)));
        assertThat(line.reached.get("sub-1").toString()).doesNotContain("p\u00e4ss");
    }

    @Test
    void attributesAndTheTextOfTheProtocolArrive() throws Exception {
        publish(new TopicMessage(
                Kind.NOTIFICATION,
                TopicLine.INBOUND,
                "for all",
                Map.of("http", "for http"),
                Optional.empty(),
                Map.of("size", new Attribute("Number", "7"), "key", new Attribute("Binary", "AAE=")),
                ""));
        assertThat(envelope().get("Message").asText()).isEqualTo("for http");
        assertThat(envelope().get("MessageAttributes"))
                .isEqualTo(JSON.readTree("{\"size\":{\"Type\":\"Number\",\"Value\":\"7\"},"
                        + "\"key\":{\"Type\":\"Binary\",\"Value\":\"AAE=\"}}"));
    }

    @Test
    void textWithoutAUtf8FormArrivesAllTheSame() throws Exception {
        publish(plain("lone \ud800 half", Optional.empty()));
        assertThat(envelope().get("Message").asText()).isEqualTo("lone ? half");
        assertThat(verified(envelope(), "Message", "MessageId", "Timestamp", "TopicArn", "Type"))
                .isTrue();
    }
}
