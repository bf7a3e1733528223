package io.waypost.actions.notification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.waypost.message.MessageContent;
import io.waypost.message.topic.TopicArn;
import io.waypost.message.topic.TopicMessage;
import io.waypost.message.topic.TopicMessage.Attribute;
import io.waypost.message.topic.TopicMessage.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A publication as it stands in the spool. Members that a later version adds are passed over. */
final class TopicMessageJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private TopicMessageJson() {}

    static byte[] write(TopicMessage message) throws IOException {
        try (ByteArrayBuilder out = new ByteArrayBuilder(
                        null, message.text().length() + message.text().length() / 4 + 500);
                JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("kind", message.kind().name());
            json.writeStringField("topic", message.topic().toString());
            if (message.subject().isPresent()) {
                json.writeStringField("subject", WellFormed.of(message.subject().get()));
            }
            if (!message.token().isEmpty()) {
                json.writeStringField("token", message.token());
            }
            if (!message.attributes().isEmpty()) {
                json.writeObjectFieldStart("attributes");
                for (Map.Entry<String, Attribute> one : new TreeMap<>(message.attributes()).entrySet()) {
                    json.writeObjectFieldStart(WellFormed.of(one.getKey()));
                    json.writeStringField("type", one.getValue().type());
                    json.writeStringField("value", WellFormed.of(one.getValue().value()));
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            if (!message.texts().isEmpty()) {
                json.writeObjectFieldStart("texts");
                for (Map.Entry<String, String> one : new TreeMap<>(message.texts()).entrySet()) {
                    json.writeStringField(WellFormed.of(one.getKey()), WellFormed.of(one.getValue()));
                }
                json.writeEndObject();
            }
            json.writeStringField("text", WellFormed.of(message.text()));
            json.writeEndObject();
            json.flush();
            return out.toByteArray();
        }
    }

    static TopicMessage read(MessageContent content) throws IOException {
        Kind kind = Kind.NOTIFICATION;
        Optional<TopicArn> topic = Optional.empty();
        String text = "";
        String token = "";
        Optional<String> subject = Optional.empty();
        Map<String, String> texts = new HashMap<>();
        Map<String, Attribute> attributes = new HashMap<>();
        try (InputStream in = content.open();
                JsonParser json = FACTORY.createParser(in)) {
            json.nextToken();
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                switch (field) {
                    case "kind" -> kind = Kind.valueOf(json.getText());
                    case "topic" -> topic = TopicArn.parse(json.getText());
                    case "subject" -> subject = Optional.of(json.getText());
                    case "token" -> token = json.getText();
                    case "text" -> text = json.getText();
                    case "texts" -> {
                        while (json.nextToken() != JsonToken.END_OBJECT) {
                            texts.put(json.currentName(), json.nextTextValue());
                        }
                    }
                    case "attributes" -> {
                        while (json.nextToken() != JsonToken.END_OBJECT) {
                            String name = json.currentName();
                            json.nextToken();
                            attributes.put(name, attribute(json));
                        }
                    }
                    default -> json.skipChildren();
                }
            }
        }
        TopicArn arn = topic.orElseThrow(() -> new IOException("a publication names no topic"));
        return new TopicMessage(kind, arn, text, texts, subject, attributes, token);
    }

    private static Attribute attribute(JsonParser json) throws IOException {
        String type = "String";
        String value = "";
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "type" -> type = json.getText();
                case "value" -> value = json.getText();
                default -> json.skipChildren();
            }
        }
        return new Attribute(type, value);
    }
}
