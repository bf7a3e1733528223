package io.waypost.api.event;

import com.fasterxml.jackson.core.JsonGenerator;
import io.waypost.message.EmailAddress;
import io.waypost.message.mime.HeaderField;
import io.waypost.message.mime.MailAddress;
import io.waypost.message.mime.MailHeader;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.Sending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code mail} of an event: what was sent, by whom, to whom. */
final class MailJson {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    /** The name that a raw message's operation has; its events say no ses:from-domain. */
    private static final String RAW = "SendRawEmail";

    private MailJson() {}

    static void write(JsonGenerator json, MailEvent event, boolean withHeaders, boolean withTags) throws IOException {
        Sending sending = EventIds.sending(event);
        json.writeObjectFieldStart("mail");
        json.writeStringField("timestamp", millis(event.mail().acceptedAt()));
        text(json, "source", sending.source());
        optional(json, "sourceArn", sending.sourceArn());
        optional(json, "sourceIp", sending.sourceIp());
        text(json, "callerIdentity", sending.accessKey());
        json.writeStringField("sendingAccountId", sending.scope().account());
        json.writeStringField("messageId", EventIds.messageId(event));
        addresses(json, "destination", event.mail().envelope().addresses());
        if (withHeaders) {
            headers(json, event, sending);
        }
        if (withTags) {
            tags(json, event, sending);
        }
        json.writeEndObject();
    }

    private static void headers(JsonGenerator json, MailEvent event, Sending sending) throws IOException {
        json.writeBooleanField("headersTruncated", sending.headersTruncated());
        json.writeArrayFieldStart("headers");
        for (Sending.Field field : sending.headers()) {
            json.writeStartObject();
            text(json, "name", field.name());
            text(json, "value", field.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        MailHeader header = new MailHeader(sending.headers().stream()
                .map(field -> new HeaderField(field.name(), field.value()))
                .toList());
        json.writeObjectFieldStart("commonHeaders");
        common(json, "from", "From", header);
        common(json, "replyTo", "Reply-To", header);
        optional(json, "date", header.first("Date").map(HeaderField::written));
        common(json, "to", "To", header);
        common(json, "cc", "Cc", header);
        common(json, "bcc", "Bcc", header);
        optional(json, "sender", header.addresses("Sender").stream().findFirst().map(MailAddress::display));
        optional(json, "returnPath", header.first("Return-Path").map(HeaderField::written));
        json.writeStringField("messageId", EventIds.messageId(event));
        optional(json, "subject", header.subject());
        json.writeEndObject();
    }

    private static void common(JsonGenerator json, String member, String field, MailHeader header) throws IOException {
        if (header.first(field).isPresent()) {
            json.writeArrayFieldStart(member);
            for (MailAddress address : header.addresses(field)) {
                json.writeString(wellFormed(address.display()));
            }
            json.writeEndArray();
        }
    }

    private static void tags(JsonGenerator json, MailEvent event, Sending sending) throws IOException {
        json.writeObjectFieldStart("tags");
        tag(json, "ses:operation", Optional.of(sending.operation()));
        tag(json, "ses:configuration-set", sending.configurationSet());
        tag(json, "ses:source-ip", sending.sourceIp());
        if (!sending.operation().equals(RAW)) {
            tag(json, "ses:from-domain", domain(sending.source()));
        }
        tag(json, "ses:caller-identity", Optional.of(sending.accessKey()));
        if (event instanceof MailEvent.Delivered delivered) {
            tag(json, "ses:outgoing-ip", delivered.outgoingIp());
        }
        for (Map.Entry<String, String> tag : sending.tags().entrySet()) {
            tag(json, tag.getKey(), Optional.of(tag.getValue()));
        }
        json.writeEndObject();
    }

    private static Optional<String> domain(String source) {
        return new MailHeader(List.of(new HeaderField("From", source)))
                .addresses("From").stream()
                        .flatMap(address -> Optional.ofNullable(address.address()).stream())
                        .findFirst()
                        .map(address -> address.substring(address.lastIndexOf('@') + 1));
    }

    // Every value is a list, as in SES.
    private static void tag(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeArrayFieldStart(wellFormed(name));
            json.writeString(wellFormed(value.get()));
            json.writeEndArray();
        }
    }

    static void addresses(JsonGenerator json, String name, List<EmailAddress> addresses) throws IOException {
        json.writeArrayFieldStart(name);
        for (EmailAddress address : addresses) {
            json.writeString(wellFormed(address.toString()));
        }
        json.writeEndArray();
    }

    static void optional(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            text(json, name, value.get());
        }
    }

    static void text(JsonGenerator json, String name, String value) throws IOException {
        json.writeStringField(name, wellFormed(value));
    }

    // Lone surrogates have no UTF-8.
    private static String wellFormed(String text) {
        return text.chars().anyMatch(c -> Character.isSurrogate((char) c))
                ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                : text;
    }

    static String millis(Instant instant) {
        return MILLIS.format(instant);
    }

    static String seconds(Instant instant) {
        return SECONDS.format(instant);
    }
}
