package io.waypost.actions.notification;

import static io.waypost.actions.webhook.EffectSamples.ID;
import static io.waypost.actions.webhook.EffectSamples.effect;
import static io.waypost.actions.webhook.EffectSamples.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.actions.Effects;
import io.waypost.actions.notification.NotifyAction.Content;
import io.waypost.actions.webhook.EffectSamples;
import io.waypost.actions.webhook.Endpoint;
import io.waypost.actions.webhook.LoopbackHttp;
import io.waypost.actions.webhook.http.HttpDestination;
import io.waypost.actions.webhook.http.WebhookSecret;
import io.waypost.config.text.Document;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.Line;
import io.waypost.message.MessageContent;
import io.waypost.message.Outcome;
import io.waypost.message.port.StoreUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifyHandlerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NotifyAction PLAIN = new NotifyAction("inbound", Content.NONE);
    private static final MessageContent MAIL = message(
            "Return-Path: <alice@sender.example>",
            "Received: from mx.sender.example",
            " by mx.example.com; Mon, 23 Nov 2026 08:00:00 +0000",
            "From: =?utf-8?Q?Al=C3=ADce?= <alice@sender.example>",
            "To: help@example.com, Team: Bob <bob@example.com>;",
            "Cc: \"Boss, The\" <boss@example.com>",
            "Reply-To: r@sender.example",
            "Sender: s@sender.example",
            "Date: Mon, 23 Nov 2026 09:00:00 +0100",
            "Message-ID: <1@sender.example>",
            "Subject: =?utf-8?Q?H=C3=A9llo?=",
            "",
            "Hi ü");

    @AutoClose
    private static final LoopbackHttp HTTP = new LoopbackHttp();

    private Endpoint one;
    private Endpoint two;
    private final List<String> camelGot = new ArrayList<>();
    private final AtomicBoolean camelBroken = new AtomicBoolean();

    @BeforeEach
    void listen() throws IOException {
        one = new Endpoint();
        two = new Endpoint();
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    private static Subscriber http(Endpoint endpoint, String secret) {
        return new Subscriber.Http(
                new HttpDestination(endpoint.url("/sns"), Duration.ofSeconds(10), 4, true),
                Optional.empty(),
                Optional.ofNullable(secret).map(WebhookSecret::of));
    }

    private TopicLine handler(Subscriber... subscribers) {
        return new TopicLine(HTTP.sender(), (endpoint, body, headers) -> {
                    if (camelBroken.get()) {
                        throw new IOException("the broker is away");
                    }
                    camelGot.add(endpoint + " " + headers.get("WaypostMessageId") + " " + body);
                })
                .subscribed(subscribers);
    }

    @Test
    void theNotificationHasEveryMemberOfTheContract() throws Exception {
        NotifyAction action = new NotifyAction("inbound", Content.UTF8);
        Outcome outcome = handler(http(one, null)).perform(action, effect(MAIL, action));

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        JsonNode envelope = JSON.readTree(one.got.getFirst().body());
        String expected = """
                {"notificationType":"Received",
                 "mail":{"timestamp":"2026-11-23T08:00:00.123Z","source":"alice@sender.example","messageId":"%s",
                  "destination":["help@example.com","bob@example.com","boss@example.com"],"headersTruncated":false,
                  "headers":[{"name":"Return-Path","value":"<alice@sender.example>"},
                   {"name":"Received","value":"from mx.sender.example by mx.example.com; Mon, 23 Nov 2026 08:00:00 +0000"},
                   {"name":"From","value":"=?utf-8?Q?Al=C3=ADce?= <alice@sender.example>"},
                   {"name":"To","value":"help@example.com, Team: Bob <bob@example.com>;"},
                   {"name":"Cc","value":"\\"Boss, The\\" <boss@example.com>"},
                   {"name":"Reply-To","value":"r@sender.example"},{"name":"Sender","value":"s@sender.example"},
                   {"name":"Date","value":"Mon, 23 Nov 2026 09:00:00 +0100"},
                   {"name":"Message-ID","value":"<1@sender.example>"},{"name":"Subject","value":"=?utf-8?Q?H=C3=A9llo?="}],
                  "commonHeaders":{"returnPath":"alice@sender.example","from":["Alíce <alice@sender.example>"],
                   "date":"Mon, 23 Nov 2026 09:00:00 +0100","to":["help@example.com","Bob <bob@example.com>"],
                   "cc":["\\"Boss, The\\" <boss@example.com>"],"sender":"s@sender.example","replyTo":["r@sender.example"],
                   "messageId":"<1@sender.example>","subject":"Héllo"}},
                 "receipt":{"timestamp":"2026-11-23T08:00:01.500Z","processingTimeMillis":1377,
                  "recipients":["help@example.com"],
                  "spamVerdict":{"status":"DISABLED"},"virusVerdict":{"status":"DISABLED"},
                  "spfVerdict":{"status":"GRAY"},"dkimVerdict":{"status":"GRAY"},"dmarcVerdict":{"status":"GRAY"},
                  "action":{"type":"SNS","topicArn":"arn:aws:sns:us-east-1:000000000000:inbound","encoding":"UTF8"}}}""".formatted(ID);
        JsonNode notification = JSON.readTree(envelope.get("Message").asText());
        assertThat(notification.get("content").asText())
                .isEqualTo(new String(MAIL.open().readAllBytes(), StandardCharsets.UTF_8));
        ((com.fasterxml.jackson.databind.node.ObjectNode) notification).remove("content");
        assertThat(notification).isEqualTo(JSON.readTree(expected));
    }

    @Test
    void verdictsAreToldInTheWordsOfSes() throws Exception {
        handler(http(one, null)).perform(PLAIN, Effects.withVerdicts(effect(MAIL, PLAIN), Effects.forged()));
        JsonNode receipt = JSON.readTree(
                        JSON.readTree(one.got.getFirst().body()).get("Message").asText())
                .get("receipt");
        assertThat(receipt.get("spamVerdict")).hasToString("{\"status\":\"PASS\"}");
        assertThat(receipt.get("virusVerdict")).hasToString("{\"status\":\"PROCESSING_FAILED\"}");
        assertThat(receipt.get("spfVerdict")).hasToString("{\"status\":\"FAIL\"}");
        assertThat(receipt.get("dkimVerdict")).hasToString("{\"status\":\"FAIL\"}");
        assertThat(receipt.get("dmarcVerdict")).hasToString("{\"status\":\"FAIL\"}");
        assertThat(receipt.get("dmarcPolicy").asText()).isEqualTo("reject");
    }

    @Test
    void theEnvelopeAndItsHeadersAreThoseOfSns() throws Exception {
        handler(http(one, null)).perform(PLAIN, effect(MAIL, PLAIN));
        Endpoint.Got got = one.got.getFirst();
        JsonNode envelope = JSON.readTree(got.body());
        assertThat(envelope.fieldNames())
                .toIterable()
                .containsExactly(
                        "Type",
                        "MessageId",
                        "TopicArn",
                        "Subject",
                        "Message",
                        "Timestamp",
                        "SignatureVersion",
                        "Signature",
                        "SigningCertURL",
                        "UnsubscribeURL");
        assertThat(envelope.get("Type").asText()).isEqualTo("Notification");
        assertThat(envelope.get("Subject").asText()).isEqualTo("Amazon SES Email Receipt Notification");
        assertThat(envelope.get("Timestamp").asText()).isEqualTo("2026-11-23T08:00:02.250Z");
        assertThat(UUID.fromString(envelope.get("MessageId").asText())).isNotNull();
        assertThat(JSON.readTree(envelope.get("Message").asText()).has("content"))
                .isFalse();
        assertThat(JSON.readTree(envelope.get("Message").asText())
                        .at("/receipt/action")
                        .has("encoding"))
                .isFalse();
        assertThat(got.headers())
                .containsEntry("content-type", "text/plain; charset=UTF-8")
                .containsEntry("user-agent", "Amazon Simple Notification Service Agent")
                .containsEntry("x-amz-sns-message-type", "Notification")
                .containsEntry("x-amz-sns-message-id", envelope.get("MessageId").asText())
                .containsEntry("x-amz-sns-topic-arn", "arn:aws:sns:us-east-1:000000000000:inbound")
                .doesNotContainKey("webhook-signature");
    }

    @Test
    void aSubscriberWithASecretGetsASignature() throws Exception {
        handler(http(one, "psst")).perform(PLAIN, effect(MAIL, PLAIN));
        Endpoint.Got got = one.got.getFirst();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("psst".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((got.headers().get("webhook-id") + "." + got.headers().get("webhook-timestamp") + ".")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(got.headers().get("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(got.body())));
    }

    @Test
    void base64CarriesEveryByte() throws Exception {
        byte[] bytes = {'A', ':', 'b', '\r', '\n', '\r', '\n', (byte) 0xff, 0};
        NotifyAction action = new NotifyAction("inbound", Content.BASE64);
        handler(http(one, null)).perform(action, effect(MessageContent.of(bytes), action));
        JsonNode notification = JSON.readTree(
                JSON.readTree(one.got.getFirst().body()).get("Message").asText());
        assertThat(notification.get("content").binaryValue()).isEqualTo(bytes);
        assertThat(notification.at("/receipt/action/encoding").asText()).isEqualTo("BASE64");
    }

    @Test
    void contentOverTheLimitIsKeptAndSaidAloud() throws Exception {
        MessageContent large = MessageContent.of(new byte[NotifyHandler.MOST_CONTENT + 1]);
        NotifyAction action = new NotifyAction("inbound", Content.BASE64);
        Outcome outcome = handler(http(one, null)).perform(action, effect(large, action));
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome.detail()).contains("153600").contains("store it with s3");
        assertThat(handler(http(one, null)).perform(PLAIN, effect(large, PLAIN)))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void headersOverTenKilobytesAreTruncatedAndSaySo() throws Exception {
        MessageContent many =
                message("From: a@b", ("X: " + "y".repeat(990) + "\r\n").repeat(20) + "To: help@example.com", "", "Hi");
        handler(http(one, null)).perform(PLAIN, effect(many, PLAIN));
        JsonNode mail = JSON.readTree(
                        JSON.readTree(one.got.getFirst().body()).get("Message").asText())
                .get("mail");
        assertThat(mail.get("headersTruncated").asBoolean()).isTrue();
        assertThat(mail.get("headers")).hasSizeBetween(9, 11);
        assertThat(mail.at("/commonHeaders/to/0").asText()).isEqualTo("help@example.com");
    }

    @Test
    void aDeadSubscriberDelaysNobodyAndIsTriedByItself() throws Exception {
        TopicLine line = handler(http(one, null), http(two, null), new Subscriber.Camel("queue"));
        two.answers(503, "", Map.of("Retry-After", "7"));
        camelBroken.set(true);

        Outcome published = line.notify.perform(PLAIN, effect(MAIL, 1, PLAIN));
        assertThat(published).isInstanceOf(Outcome.Done.class);
        assertThat(published.detail()).contains("subscribers: 3");

        Map<String, Outcome> first = line.deliver(1);
        assertThat(first.get("sub-1")).isInstanceOf(Outcome.Done.class);
        assertThat(((Outcome.Retry) first.get("sub-2")).notBefore()).contains(Duration.ofSeconds(7));
        assertThat(first.get("sub-3").detail()).contains("the broker is away");

        camelBroken.set(false);
        assertThat(line.deliver(2).keySet()).containsExactly("sub-2", "sub-3");
        two.answers(410, "", Map.of());
        assertThat(line.deliver(3).values()).singleElement().isInstanceOf(Outcome.Failed.class);

        assertThat(one.got).hasSize(1);
        assertThat(camelGot).hasSize(1);
        assertThat(two.got)
                .hasSize(3)
                .extracting(got -> got.headers().get("x-amz-sns-message-id"))
                .containsOnly(one.got.getFirst().headers().get("x-amz-sns-message-id"));
    }

    @Test
    void aRepeatedEffectPublishesOnce() throws Exception {
        TopicLine line = handler(http(one, null));
        Outcome first = line.perform(PLAIN, effect(MAIL, 1, PLAIN));
        // The process died before the outcome was written: the effect comes again.
        Outcome second = line.perform(PLAIN, effect(MAIL, 1, PLAIN));
        assertThat(second).isEqualTo(first);
        assertThat(one.got).hasSize(1);
        assertThat(line.spool.accepted).hasSize(1);
        assertThat(line.spool.accepted.values().iterator().next().line()).isEqualTo(Line.TOPIC);
    }

    @Test
    void withoutRoomNothingIsPublishedAndTheEffectComesAgain() {
        TopicLine line = handler(http(one, null));
        line.spool.full = true;
        assertThatThrownBy(() -> line.notify.perform(PLAIN, effect(MAIL, PLAIN)))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(line.waiting).isEmpty();
    }

    @Test
    void aTopicIsNamedByItsArnToo() throws Exception {
        NotifyAction action = new NotifyAction(TopicLine.INBOUND.toString(), Content.NONE);
        assertThat(handler(http(one, null)).perform(action, effect(MAIL, action)))
                .isInstanceOf(Outcome.Done.class);
        assertThat(one.got).hasSize(1);
        NotifyAction gone = new NotifyAction(TopicLine.INBOUND + "-gone", Content.NONE);
        assertThat(handler().perform(gone, effect(MAIL, gone))).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aCamelSubscriberGetsTheNotificationItself() throws Exception {
        handler(new Subscriber.Camel("queue")).perform(PLAIN, effect(MAIL, PLAIN));
        assertThat(camelGot).singleElement().asString().startsWith("queue ").contains("{\"notificationType\"");
    }

    @Test
    void aTopicWithoutSubscribersIsDone() throws Exception {
        TopicLine line = handler();
        assertThat(line.perform(PLAIN, effect(MAIL, PLAIN)))
                .isEqualTo(Outcome.done("topic inbound has no subscribers"));
        assertThat(line.spool.accepted).isEmpty();
    }

    @Test
    void anotherActionsTopicGetsThatActionsFields() throws Exception {
        Map<String, String> fields = new java.util.LinkedHashMap<>();
        fields.put("type", "S3");
        fields.put("bucketName", "mail");
        fields.put("objectKeyPrefix", "in");
        fields.put("objectKey", "in/" + ID);
        EffectSamples.Stores store = new EffectSamples.Stores("mail", "in/");
        TopicLine line = handler(http(one, null));
        assertThat(line.notify.publish("inbound", fields, effect(MAIL, store))).isInstanceOf(Outcome.Done.class);
        line.deliver(1);
        JsonNode notification = JSON.readTree(
                JSON.readTree(one.got.getFirst().body()).get("Message").asText());
        assertThat(notification.at("/receipt/action").toString())
                .isEqualTo("{\"type\":\"S3\",\"topicArn\":\"arn:aws:sns:us-east-1:000000000000:inbound\","
                        + "\"bucketName\":\"mail\",\"objectKeyPrefix\":\"in\",\"objectKey\":\"in/" + ID + "\"}");
        assertThat(notification.has("content")).isFalse();
    }

    @Test
    void theLambdaEventHasExactlyOneRecord() throws Exception {
        JsonNode event = JSON.readTree(handler().notify.lambdaEvent("tickets", true, effect(MAIL, PLAIN)));
        assertThat(event.get("Records")).hasSize(1);
        JsonNode record = event.at("/Records/0");
        assertThat(record.get("eventSource").asText()).isEqualTo("aws:ses");
        assertThat(record.get("eventVersion").asText()).isEqualTo("1.0");
        assertThat(record.at("/ses/mail/messageId").asText()).isEqualTo(ID.value());
        assertThat(record.at("/ses/receipt/action").toString())
                .isEqualTo(
                        "{\"type\":\"Lambda\",\"functionArn\":\"arn:aws:lambda:us-east-1:000000000000:function:tickets\","
                                + "\"invocationType\":\"RequestResponse\"}");
        assertThat(record.has("notificationType")).isFalse();
        assertThat(record.at("/ses").has("content")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            { topic: inbound }                     |
            { topic: inbound, content: base64 }    |
            { topic: outbound }                    | there is no topic 'outbound' in the server's file
            { topic: "arn:aws:sns:us-east-1:000000000000:made-later" } |
            { topic: "arn:aws:sns:us-east-1:0:short" } | there is no topic
            { content: utf8 }                      | 'topic' is missing
            { topic: inbound, content: html }      | 'content': 'html' is not one of none, utf8, base64
            { topic: inbound, subject: x }         | unknown key 'subject'
            """)
    void readsItsPartOfARuleFile(String text, String problem) {
        Problems problems = new Problems();
        Optional<NotifyAction> action = Document.read("rules.yaml", text, Substitution.NONE, problems)
                .flatMap(node -> handler().notify.read(node, problems));
        if (problem == null) {
            assertThat(problems.toString()).isEmpty();
            assertThat(action.orElseThrow().destination()).startsWith("topic:");
        } else {
            assertThat(problems.toString()).contains(problem);
        }
    }
}
