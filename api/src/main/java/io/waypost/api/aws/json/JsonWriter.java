package io.waypost.api.aws.json;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.waypost.api.aws.model.Member;
import io.waypost.api.aws.model.Shape;
import io.waypost.api.aws.model.Struct;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writes values as JSON by their shapes; times as seconds since 1970, octets in base64. What is absent is left out. */
public final class JsonWriter {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonWriter() {}

    /** One structure, in UTF-8. */
    public static byte[] write(Struct struct) {
        return write(json -> {
            json.writeStartObject();
            members(json, struct);
            json.writeEndObject();
        });
    }

    /** An object of texts, in UTF-8. */
    public static byte[] write(Map<String, String> texts) {
        return write(json -> {
            json.writeStartObject();
            for (Map.Entry<String, String> text : texts.entrySet()) {
                json.writeStringField(text.getKey(), WellFormed.of(text.getValue()));
            }
            json.writeEndObject();
        });
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] write(Body body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes everything", e);
        }
        return out.toByteArray();
    }

    private static void members(JsonGenerator json, Struct struct) throws IOException {
        for (Member member : struct.shape().members()) {
            Object value = struct.get(member);
            if (value != null) {
                json.writeFieldName(member.name());
                value(json, member.shape(), value);
            }
        }
    }

    private static void value(JsonGenerator json, Shape shape, Object value) throws IOException {
        switch (shape) {
            case Shape.Structure any -> {
                json.writeStartObject();
                members(json, (Struct) value);
                json.writeEndObject();
            }
            case Shape.Listed listed -> {
                json.writeStartArray();
                for (Object member : (List<?>) value) {
                    value(json, listed.member(), member);
                }
                json.writeEndArray();
            }
            case Shape.Mapped mapped -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    json.writeFieldName(WellFormed.of((String) entry.getKey()));
                    value(json, mapped.value(), entry.getValue());
                }
                json.writeEndObject();
            }
            case Shape.Text any -> json.writeString(WellFormed.of((String) value));
            case Shape.Whole any -> json.writeNumber(((Number) value).longValue());
            case Shape.Decimal any -> json.writeNumber((Double) value);
            case Shape.Flag any -> json.writeBoolean((Boolean) value);
            case Shape.Octets any ->
                json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, (byte[]) value, 0, ((byte[]) value).length);
            case Shape.Moment any -> moment(json, (Instant) value);
        }
    }

    private static void moment(JsonGenerator json, Instant moment) throws IOException {
        long milliseconds = moment.toEpochMilli();
        if (milliseconds % 1000 == 0) {
            json.writeNumber(milliseconds / 1000);
        } else {
            json.writeNumber(BigDecimal.valueOf(milliseconds, 3).toPlainString());
        }
    }
}
