package io.waypost.actions.notification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.waypost.message.topic.Subscription;
import io.waypost.message.topic.TopicMessage;
import io.waypost.message.topic.TopicMessage.Attribute;
import io.waypost.message.topic.TopicMessage.Kind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Amazon SNS puts around a message on its way to an HTTP endpoint (SES contract 3.4).
 *
 * <p>Time and id are those of the publication, so that every attempt, and every subscriber, gets the same signature.
 */
final class SnsEnvelope {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final EnvelopeSigner signer;
    private final String base;

    /** @param base the server's URL as subscribers reach it, without a slash at its end */
    SnsEnvelope(EnvelopeSigner signer, String base) {
        this.signer = signer;
        this.base = base;
    }

    byte[] write(String messageId, TopicMessage message, Subscription to, Instant publishedAt) throws IOException {
        Map<String, String> members = members(messageId, message, to, publishedAt);
        String signature = signer.sign(to.signature(), stringToSign(members));
        try (ByteArrayBuilder out = new ByteArrayBuilder(null, message.text().length() * 5 / 4 + 1500);
                JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            for (Map.Entry<String, String> member : members.entrySet()) {
                json.writeStringField(member.getKey(), member.getValue());
            }
            json.writeStringField("SignatureVersion", to.signature().version());
            json.writeStringField("Signature", signature);
            json.writeStringField("SigningCertURL", signer.certificateUrl());
            if (message.kind() == Kind.NOTIFICATION) {
                json.writeStringField(
                        "UnsubscribeURL", base + "/?Action=Unsubscribe&SubscriptionArn=" + encoded(to.arn()));
                attributes(json, message.attributes());
            }
            json.writeEndObject();
            json.flush();
            return out.toByteArray();
        }
    }

    /** What is signed, in SNS' own order of the JSON. */
    private Map<String, String> members(String messageId, TopicMessage message, Subscription to, Instant publishedAt) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("Type", message.kind().word());
        members.put("MessageId", messageId);
        if (message.kind() != Kind.NOTIFICATION) {
            members.put("Token", message.token());
        }
        members.put("TopicArn", message.topic().toString());
        message.subject().ifPresent(subject -> members.put("Subject", subject));
        members.put("Message", WellFormed.of(message.textFor(to.protocol())));
        if (message.kind() != Kind.NOTIFICATION) {
            members.put(
                    "SubscribeURL",
                    base + "/?Action=ConfirmSubscription&TopicArn="
                            + encoded(message.topic().toString()) + "&Token=" + encoded(message.token()));
        }
        members.put("Timestamp", ReceivedJson.timestamp(publishedAt));
        return members;
    }

    // Message, MessageId, Subject or SubscribeURL, Timestamp, Token, TopicArn, Type: by name, which for all that is
    // signed is the
    // order of SNS.
    private static String stringToSign(Map<String, String> members) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(members)
                .forEach((name, value) ->
                        text.append(name).append('\n').append(value).append('\n'));
        return text.toString();
    }

    private static void attributes(JsonGenerator json, Map<String, Attribute> attributes) throws IOException {
        if (attributes.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("MessageAttributes");
        for (Map.Entry<String, Attribute> one : new TreeMap<>(attributes).entrySet()) {
            json.writeObjectFieldStart(one.getKey());
            json.writeStringField("Type", one.getValue().type());
            json.writeStringField("Value", one.getValue().value());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The header fields that go with it, or with a raw message. */
    static void putHeaders(Map<String, String> headers, String messageId, TopicMessage message, Subscription to) {
        headers.put("Content-Type", "text/plain; charset=UTF-8");
        headers.put("User-Agent", "Amazon Simple Notification Service Agent");
        headers.put("x-amz-sns-message-type", message.kind().word());
        headers.put("x-amz-sns-message-id", messageId);
        headers.put("x-amz-sns-topic-arn", message.topic().toString());
        if (message.kind() != Kind.CONFIRMATION) {
            headers.put("x-amz-sns-subscription-arn", to.arn());
        }
    }
}
