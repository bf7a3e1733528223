package io.waypost.api.receiving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What buckets and topics are sent when a rule that names them is made. Consumers skip it by its name and its subject, which are
 * SES' (SES contract 2.4); the sentences are ours.
 */
public final class SetupNotification {

    /** The message id of the notification, and the end of the object's key. */
    public static final String NAME = "AMAZON_SES_SETUP_NOTIFICATION";

    private static final String AUTHOR = "Amazon Web Services <no-reply-aws@amazon.com>";
    private static final String RECIPIENT = "recipient@example.com";
    private static final String SUBJECT = "Amazon SES Setup Notification";
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private SetupNotification() {}

    /** The key it is stored under. */
    public static String key(String prefix) {
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix + NAME : prefix + "/" + NAME;
    }

    /** The object. */
    public static byte[] object(Instant now) {
        return ("Date: " + DATE.format(now) + "\r\n"
                        + "From: " + AUTHOR + "\r\n"
                        + "To: " + RECIPIENT + "\r\n"
                        + "Subject: " + SUBJECT + "\r\n"
                        + "Message-ID: <" + NAME + ">\r\n"
                        + "MIME-Version: 1.0\r\n"
                        + "Content-Type: text/plain; charset=us-ascii\r\n"
                        + "\r\n"
                        + "Hello,\r\n\r\n"
                        + "A receipt rule was made that stores received mail in this bucket, under this prefix.\r\n"
                        + "This object shows that it can be written. Nothing has to be done.\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The notification, for a topic that is to hear of received mail. */
    static String notification(String topicArn, String type, Instant now) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("notificationType", "Received");
            json.writeObjectFieldStart("mail");
            json.writeStringField("timestamp", MILLIS.format(now));
            json.writeStringField("source", "no-reply-aws@amazon.com");
            json.writeStringField("messageId", NAME);
            strings(json, "destination", List.of(RECIPIENT));
            json.writeBooleanField("headersTruncated", false);
            json.writeArrayFieldStart("headers");
            header(json, "Date", DATE.format(now));
            header(json, "From", AUTHOR);
            header(json, "To", RECIPIENT);
            header(json, "Subject", SUBJECT);
            json.writeEndArray();
            json.writeObjectFieldStart("commonHeaders");
            json.writeStringField("returnPath", "no-reply-aws@amazon.com");
            strings(json, "from", List.of(AUTHOR));
            json.writeStringField("date", DATE.format(now));
            strings(json, "to", List.of(RECIPIENT));
            json.writeStringField("messageId", "<" + NAME + ">");
            json.writeStringField("subject", SUBJECT);
            json.writeEndObject();
            json.writeEndObject();
            receipt(json, topicArn, type, now);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes everything", e);
        }
        return text.toString();
    }

    private static void receipt(JsonGenerator json, String topicArn, String type, Instant now) throws IOException {
        json.writeObjectFieldStart("receipt");
        json.writeStringField("timestamp", MILLIS.format(now));
        json.writeNumberField("processingTimeMillis", 0);
        strings(json, "recipients", List.of(RECIPIENT));
        for (String verdict : List.of("spamVerdict", "virusVerdict", "spfVerdict", "dkimVerdict", "dmarcVerdict")) {
            json.writeObjectFieldStart(verdict);
            json.writeStringField("status", "PASS");
            json.writeEndObject();
        }
        json.writeObjectFieldStart("action");
        json.writeStringField("type", type);
        json.writeStringField("topicArn", topicArn);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void header(JsonGenerator json, String name, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("value", value);
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
