package io.waypost.api.aws.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A JSON object of a catalogue. Read by the streaming parser: Jackson's tree model costs 0.3 s in a JVM that has not used it, which would be most
 * of the server's start.
 */
record Facts(Map<String, Object> values) {

    private static final Facts NONE = new Facts(Map.of());

    static Facts read(InputStream in) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(in)) {
            json.nextToken();
            return (Facts) value(json);
        }
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> values = new LinkedHashMap<>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String name = json.currentName();
                    json.nextToken();
                    values.put(name, value(json));
                }
                yield new Facts(values);
            }
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(json));
                }
                yield values;
            }
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_TRUE -> true;
            default -> throw new IOException("a catalogue has no " + json.currentToken());
        };
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Empty when it is absent. */
    String text(String name) {
        return (String) values.getOrDefault(name, "");
    }

    long number(String name, long absent) {
        return (long) values.getOrDefault(name, absent);
    }

    /** Empty when it is absent. */
    Facts object(String name) {
        return (Facts) values.getOrDefault(name, NONE);
    }

    /** Empty when it is absent. */
    List<String> texts(String name) {
        return ((List<?>) values.getOrDefault(name, List.of()))
                .stream().map(String.class::cast).toList();
    }

    /** Every object in it, in its order. */
    void forEach(BiConsumer<String, Facts> each) {
        values.forEach((name, value) -> each.accept(name, (Facts) value));
    }
}
