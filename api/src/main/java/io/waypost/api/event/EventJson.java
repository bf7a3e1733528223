package io.waypost.api.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.waypost.api.configuration.EventKind;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.Sending;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes events as SES does, member by member in SES' order (contract 3.2, 3.3). Pure. */
final class EventJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private EventJson() {}

    /** What a configuration set's topic or stream gets. */
    static String event(MailEvent event) {
        return text(json -> event(json, event));
    }

    /**
     * What an identity's topic gets.
     *
     * @param withHeaders whether it shows the mail's header
     */
    static String notification(MailEvent event, boolean withHeaders) {
        return text(json -> {
            json.writeStartObject();
            json.writeStringField("notificationType", EventKind.of(event).eventType());
            // SES writes what happened before the mail here, and behind it in events.
            EventBlocks.write(json, event);
            MailJson.write(json, event, withHeaders, false);
            json.writeEndObject();
        });
    }

    /** What an event bus gets: the event in EventBridge's envelope. */
    static String busEvent(MailEvent event) {
        Sending sending = EventIds.sending(event);
        return text(json -> {
            json.writeStartObject();
            json.writeStringField("version", "0");
            json.writeStringField("id", EventIds.uuid(event.key()).toString());
            json.writeStringField("detail-type", EventKind.of(event).detailType());
            json.writeStringField("source", "aws.ses");
            json.writeStringField("account", sending.scope().account());
            json.writeStringField("time", MailJson.seconds(event.at()));
            json.writeStringField("region", sending.scope().region());
            json.writeArrayFieldStart("resources");
            if (sending.configurationSet().isPresent()) {
                json.writeString("arn:aws:ses:" + sending.scope().region() + ":"
                        + sending.scope().account() + ":configuration-set/"
                        + sending.configurationSet().get());
            }
            json.writeEndArray();
            json.writeFieldName("detail");
            event(json, event);
            json.writeEndObject();
        });
    }

    private static void event(JsonGenerator json, MailEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("eventType", EventKind.of(event).eventType());
        MailJson.write(json, event, true, true);
        EventBlocks.write(json, event);
        json.writeEndObject();
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static String text(Body body) {
        StringWriter text = new StringWriter(2_000);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes everything", e);
        }
        return text.toString();
    }
}
