package io.waypost.actions.notification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.waypost.actions.notification.NotifyAction.Content;
import io.waypost.message.EmailAddress;
import io.waypost.message.Verdict;
import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts;
import io.waypost.message.mime.HeaderField;
import io.waypost.message.mime.MailAddress;
import io.waypost.message.mime.MailHeader;
import io.waypost.message.mime.MailReader;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes Amazon SES' {@code Received} notification and Lambda event (SES contract 3.1), member by member in SES' order. Only the
 * header of the mail is parsed.
 */
final class ReceivedJson {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Headers over 10 KB are cut, and headersTruncated says so. */
    private static final int MOST_HEADERS = 10 * 1024;

    private final MailReader reader;

    ReceivedJson(MailReader reader) {
        this.reader = reader;
    }

    /** The notification; {@code action} are the members of {@code receipt.action}. */
    byte[] notification(Effect effect, Map<String, String> action, Content content) throws IOException {
        try (ByteArrayBuilder out = new ByteArrayBuilder(null, 8 * 1024);
                JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("notificationType", "Received");
            mailAndReceipt(json, effect, action);
            content(json, effect, content);
            json.writeEndObject();
            json.flush();
            return out.toByteArray();
        }
    }

    /** The event that a Lambda function is handed: exactly one record, no content. */
    byte[] lambdaEvent(Effect effect, Map<String, String> action) throws IOException {
        try (ByteArrayBuilder out = new ByteArrayBuilder(null, 8 * 1024);
                JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("Records");
            json.writeStartObject();
            json.writeStringField("eventSource", "aws:ses");
            json.writeStringField("eventVersion", "1.0");
            json.writeObjectFieldStart("ses");
            mailAndReceipt(json, effect, action);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.flush();
            return out.toByteArray();
        }
    }

    private void mailAndReceipt(JsonGenerator json, Effect effect, Map<String, String> action) throws IOException {
        MailHeader header;
        try (InputStream content = effect.content().open()) {
            header = reader.readHeader(content);
        }
        json.writeObjectFieldStart("mail");
        json.writeStringField("timestamp", timestamp(effect.mail().acceptedAt()));
        text(json, "source", effect.mail().envelope().from().toString());
        json.writeStringField("messageId", effect.mail().id().value());
        json.writeArrayFieldStart("destination");
        for (String name : List.of("To", "Cc")) {
            for (MailAddress address : header.addresses(name)) {
                if (address.address() != null) {
                    json.writeString(WellFormed.of(address.address()));
                }
            }
        }
        json.writeEndArray();
        headers(json, header);
        commonHeaders(json, effect, header);
        json.writeEndObject();
        receipt(json, effect, action);
    }

    private static void headers(JsonGenerator json, MailHeader header) throws IOException {
        int kept = 0;
        int bytes = 0;
        for (HeaderField field : header.fields()) {
            bytes += field.name().length() + field.written().length() + 4;
            if (bytes > MOST_HEADERS) {
                break;
            }
            kept++;
        }
        json.writeBooleanField("headersTruncated", kept < header.fields().size());
        json.writeArrayFieldStart("headers");
        for (HeaderField field : header.fields().subList(0, kept)) {
            json.writeStartObject();
            text(json, "name", field.name());
            text(json, "value", field.written());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void commonHeaders(JsonGenerator json, Effect effect, MailHeader header) throws IOException {
        json.writeObjectFieldStart("commonHeaders");
        text(json, "returnPath", effect.mail().envelope().from().toString());
        addresses(json, "from", "From", header);
        first(json, "date", header.first("Date").map(HeaderField::written));
        addresses(json, "to", "To", header);
        addresses(json, "cc", "Cc", header);
        addresses(json, "bcc", "Bcc", header);
        Optional<MailAddress> sender = header.addresses("Sender").stream().findFirst();
        first(json, "sender", sender.map(MailAddress::display));
        addresses(json, "replyTo", "Reply-To", header);
        first(json, "messageId", header.first("Message-ID").map(HeaderField::written));
        first(json, "subject", header.subject());
        json.writeEndObject();
    }

    private static void addresses(JsonGenerator json, String member, String field, MailHeader header)
            throws IOException {
        if (header.first(field).isPresent()) {
            json.writeArrayFieldStart(member);
            for (MailAddress address : header.addresses(field)) {
                json.writeString(WellFormed.of(address.display()));
            }
            json.writeEndArray();
        }
    }

    private static void receipt(JsonGenerator json, Effect effect, Map<String, String> action) throws IOException {
        json.writeObjectFieldStart("receipt");
        json.writeStringField("timestamp", timestamp(effect.now()));
        json.writeNumberField(
                "processingTimeMillis",
                Math.max(
                        0,
                        Duration.between(effect.mail().acceptedAt(), effect.now())
                                .toMillis()));
        json.writeArrayFieldStart("recipients");
        for (EmailAddress recipient : effect.run().recipients()) {
            json.writeString(WellFormed.of(recipient.toString()));
        }
        json.writeEndArray();
        verdicts(json, effect.verdicts());
        json.writeObjectFieldStart("action");
        for (Map.Entry<String, String> member : action.entrySet()) {
            text(json, member.getKey(), member.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void verdicts(JsonGenerator json, Verdicts verdicts) throws IOException {
        verdict(json, "spamVerdict", verdicts.spam().verdict().status());
        verdict(json, "virusVerdict", verdicts.virus().status());
        verdict(json, "spfVerdict", conclusive(verdicts.spf()));
        verdict(json, "dkimVerdict", conclusive(verdicts.dkim().verdict()));
        verdict(json, "dmarcVerdict", conclusive(verdicts.dmarc().verdict()));
        if (verdicts.dmarc().verdict().status() == Status.FAIL
                && verdicts.dmarc().policy().isPresent()) {
            json.writeStringField(
                    "dmarcPolicy", verdicts.dmarc().policy().get().name().toLowerCase(Locale.ROOT));
        }
    }

    // SES knows DISABLED for scans only; its word for "no judgement" is GRAY.
    private static Status conclusive(Verdict verdict) {
        return verdict.status() == Status.DISABLED ? Status.GRAY : verdict.status();
    }

    private static void verdict(JsonGenerator json, String name, Status status) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("status", status.name());
        json.writeEndObject();
    }

    // The caller has made sure that the content is small.
    private static void content(JsonGenerator json, Effect effect, Content content) throws IOException {
        if (content == Content.NONE) {
            return;
        }
        try (InputStream in = effect.content().open()) {
            byte[] bytes = in.readAllBytes();
            if (content == Content.UTF8) {
                json.writeStringField("content", new String(bytes, StandardCharsets.UTF_8));
            } else {
                json.writeBinaryField("content", bytes);
            }
        }
    }

    private static void first(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            text(json, name, value.get());
        }
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        json.writeStringField(name, WellFormed.of(value));
    }

    static String timestamp(Instant instant) {
        return MILLIS.format(instant);
    }
}
