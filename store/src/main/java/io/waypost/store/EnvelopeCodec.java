package io.waypost.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Recipient;
import io.waypost.message.Recipient.Notify;
import io.waypost.message.ReversePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The envelope's half of {@link MailCodec}. A recipient without DSN parameters is a plain text, others are objects. */
final class EnvelopeCodec {

    private EnvelopeCodec() {}

    static void write(JsonGenerator json, Envelope envelope) throws IOException {
        json.writeStartObject();
        json.writeStringField("from", envelope.from().toString());
        json.writeArrayFieldStart("to");
        for (Recipient recipient : envelope.to()) {
            writeRecipient(json, recipient);
        }
        json.writeEndArray();
        json.writeFieldName("client");
        ClientCodec.write(json, envelope.client());
        if (envelope.body() != Envelope.Body.SEVEN_BIT) {
            json.writeStringField("body", envelope.body().name());
        }
        if (envelope.smtpUtf8()) {
            json.writeBooleanField("utf8", true);
        }
        if (envelope.envelopeId().isPresent()) {
            json.writeStringField("envid", envelope.envelopeId().get());
        }
        if (envelope.dsnReturn().isPresent()) {
            json.writeStringField("ret", envelope.dsnReturn().get().name());
        }
        json.writeEndObject();
    }

    private static void writeRecipient(JsonGenerator json, Recipient recipient) throws IOException {
        String address = recipient.address().toString();
        if (recipient.noticeOn().isEmpty() && recipient.originalRecipient().isEmpty()) {
            json.writeString(address);
            return;
        }
        json.writeStartObject();
        json.writeStringField("address", address);
        json.writeArrayFieldStart("notify");
        for (Notify notify : recipient.noticeOn()) {
            json.writeString(notify.name());
        }
        json.writeEndArray();
        if (recipient.originalRecipient().isPresent()) {
            json.writeStringField("orcpt", recipient.originalRecipient().get());
        }
        json.writeEndObject();
    }

    static Envelope read(JsonParser json) throws IOException {
        ReversePath from = ReversePath.NULL;
        List<Recipient> to = new ArrayList<>();
        Client client = null;
        Envelope.Body body = Envelope.Body.SEVEN_BIT;
        boolean utf8 = false;
        Optional<String> envelopeId = Optional.empty();
        Optional<Envelope.DsnReturn> dsnReturn = Optional.empty();
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "from" -> from = ReversePath.parse(json.getText());
                case "to" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        to.add(readRecipient(json));
                    }
                }
                case "client" -> client = ClientCodec.read(json);
                case "body" -> body = Envelope.Body.valueOf(json.getText());
                case "utf8" -> utf8 = json.getBooleanValue();
                case "envid" -> envelopeId = Optional.of(json.getText());
                case "ret" -> dsnReturn = Optional.of(Envelope.DsnReturn.valueOf(json.getText()));
                default -> json.skipChildren();
            }
        }
        if (client == null) {
            throw new IOException("a stored envelope has no client");
        }
        return new Envelope(from, to, client, body, utf8, envelopeId, dsnReturn);
    }

    private static Recipient readRecipient(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return Recipient.of(EmailAddress.of(json.getText()));
        }
        String address = "";
        Set<Notify> notify = EnumSet.noneOf(Notify.class);
        Optional<String> original = Optional.empty();
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "address" -> address = json.getText();
                case "notify" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        notify.add(Notify.valueOf(json.getText()));
                    }
                }
                case "orcpt" -> original = Optional.of(json.getText());
                default -> json.skipChildren();
            }
        }
        return new Recipient(EmailAddress.of(address), notify, original);
    }
}
