package io.waypost.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** The small JSON answers of the HTTP door. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static String status(String status) {
        return object(json -> json.writeStringField("status", status));
    }

    static String error(String message) {
        return object(json -> json.writeStringField("error", message));
    }

    static String readiness(boolean ready, List<Readiness.Check> checks) {
        return object(json -> {
            json.writeBooleanField("ready", ready);
            json.writeArrayFieldStart("checks");
            for (Readiness.Check check : checks) {
                json.writeStartObject();
                json.writeStringField("name", check.name());
                json.writeBooleanField("ready", check.ready());
                json.writeStringField("detail", check.detail());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static String object(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes everything", e);
        }
        return text.append('\n').toString();
    }
}
