package io.waypost.actions.notification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * What Amazon SNS puts around a notification on its way to an HTTP endpoint (SES contract 3.4), without SNS' own signature and
 * subscription links.
 */
final class SnsEnvelope {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** The subject that SES gives its receipt notifications. */
    static final String SUBJECT = "Amazon SES Email Receipt Notification";

    private SnsEnvelope() {}

    static byte[] write(String messageId, String topicArn, byte[] message, Instant at) throws IOException {
        try (ByteArrayBuilder out = new ByteArrayBuilder(null, message.length + message.length / 4 + 500);
                JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("Type", "Notification");
            json.writeStringField("MessageId", messageId);
            json.writeStringField("TopicArn", topicArn);
            json.writeStringField("Subject", SUBJECT);
            json.writeStringField("Message", new String(message, StandardCharsets.UTF_8));
            json.writeStringField("Timestamp", ReceivedJson.timestamp(at));
            json.writeEndObject();
            json.flush();
            return out.toByteArray();
        }
    }

    static void putHeaders(Map<String, String> headers, String messageId, String topicArn) {
        headers.put("Content-Type", "text/plain; charset=UTF-8");
        headers.put("User-Agent", "Amazon Simple Notification Service Agent");
        headers.put("x-amz-sns-message-type", "Notification");
        headers.put("x-amz-sns-message-id", messageId);
        headers.put("x-amz-sns-topic-arn", topicArn);
    }
}
