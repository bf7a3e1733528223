package io.waypost.api.kept;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waypost.message.port.Settings.Setting;
import java.io.IOException;

/**
 * A record of texts, numbers, lists, maps and such records as JSON. Members that a later version adds are passed over, and absent
 * ones are null.
 */
public final class RecordText<T extends Record> implements Shelf.Text<T> {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private final Class<T> type;

    public RecordText(Class<T> type) {
        this.type = type;
    }

    @Override
    public String write(T thing) {
        try {
            return JSON.writeValueAsString(thing);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts can be written", e);
        }
    }

    @Override
    public T read(Setting setting) throws IOException {
        try {
            return JSON.readValue(setting.text(), type);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "the stored " + setting.key().kind() + " " + setting.key().name() + " of "
                            + setting.key().scope() + " cannot be read: " + e.getOriginalMessage(),
                    e);
        }
    }
}
