package io.waypost.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import io.waypost.message.sending.SendRequest;
import io.waypost.message.sending.Sending;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of {@link MailCodec} that only sent mail has. Times are milliseconds; what is absent is left out. */
final class SendingCodec {

    private SendingCodec() {}

    static void write(JsonGenerator json, Sending sending) throws IOException {
        json.writeStartObject();
        json.writeStringField("account", sending.scope().account());
        json.writeStringField("region", sending.scope().region());
        json.writeStringField("source", sending.source());
        text(json, "arn", sending.sourceArn());
        json.writeStringField("key", sending.accessKey());
        text(json, "ip", sending.sourceIp());
        json.writeStringField("operation", sending.operation());
        text(json, "set", sending.configurationSet());
        pairs(
                json,
                "tags",
                sending.tags().entrySet().stream()
                        .map(tag -> new Sending.Field(tag.getKey(), tag.getValue()))
                        .toList());
        text(json, "feedbackTo", sending.feedbackTo().map(EmailAddress::toString));
        json.writeStringField("mailFrom", sending.mailFrom().name());
        if (sending.conditions().tlsRequired()) {
            json.writeBooleanField("tls", true);
        }
        text(json, "pool", sending.conditions().pool());
        if (sending.conditions().deliverBefore().isPresent()) {
            json.writeNumberField(
                    "before", sending.conditions().deliverBefore().get().toEpochMilli());
        }
        pairs(json, "headers", sending.headers());
        text(json, "list", sending.list().map(SendRequest.ListManagement::contactList));
        text(json, "topic", sending.list().flatMap(SendRequest.ListManagement::topic));
        if (sending.headersTruncated()) {
            json.writeBooleanField("truncated", true);
        }
        if (sending.tracked()) {
            json.writeBooleanField("tracked", true);
        }
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }

    // Names and values in turn: fields repeat, and keep their order.
    private static void pairs(JsonGenerator json, String name, List<Sending.Field> fields) throws IOException {
        if (fields.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (Sending.Field field : fields) {
            json.writeString(field.name());
            json.writeString(field.value());
        }
        json.writeEndArray();
    }

    static Sending read(JsonParser json) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, String> tags = new LinkedHashMap<>();
        List<Sending.Field> headers = List.of();
        boolean tls = false;
        boolean truncated = false;
        boolean tracked = false;
        Optional<Instant> before = Optional.empty();
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "tags" -> readPairs(json).forEach(tag -> tags.put(tag.name(), tag.value()));
                case "headers" -> headers = readPairs(json);
                case "tls" -> tls = json.getBooleanValue();
                case "truncated" -> truncated = json.getBooleanValue();
                case "tracked" -> tracked = json.getBooleanValue();
                case "before" -> before = Optional.of(Instant.ofEpochMilli(json.getLongValue()));
                default -> {
                    if (json.currentToken() == JsonToken.VALUE_STRING) {
                        texts.put(field, json.getText());
                    } else {
                        json.skipChildren();
                    }
                }
            }
        }
        return new Sending(
                new Scope(required(texts, "account"), required(texts, "region")),
                required(texts, "source"),
                optional(texts, "arn"),
                required(texts, "key"),
                optional(texts, "ip"),
                required(texts, "operation"),
                optional(texts, "set"),
                tags,
                optional(texts, "feedbackTo").map(EmailAddress::of),
                new Domain(required(texts, "mailFrom")),
                new Sending.Conditions(tls, optional(texts, "pool"), before),
                headers,
                truncated,
                optional(texts, "list").map(list -> new SendRequest.ListManagement(list, optional(texts, "topic"))),
                tracked);
    }

    private static String required(Map<String, String> texts, String name) throws IOException {
        String text = texts.get(name);
        if (text == null) {
            throw new IOException("a stored sent mail has no " + name);
        }
        return text;
    }

    private static Optional<String> optional(Map<String, String> texts, String name) {
        return Optional.ofNullable(texts.get(name));
    }

    private static List<Sending.Field> readPairs(JsonParser json) throws IOException {
        List<Sending.Field> fields = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String name = json.getText();
            json.nextToken();
            fields.add(new Sending.Field(name, json.getText()));
        }
        return fields;
    }
}
