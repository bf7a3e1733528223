package io.waypost.api.aws.json;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.waypost.api.aws.model.Member;
import io.waypost.api.aws.model.Shape;
import io.waypost.api.aws.model.Shape.Structure;
import io.waypost.api.aws.model.Struct;
import io.waypost.api.aws.protocol.Fault;
import io.waypost.api.aws.protocol.Moments;
import io.waypost.api.aws.protocol.RefusedException;
import io.waypost.api.aws.protocol.Utf8;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads values from JSON by their shapes. Names that a shape does not know are ignored; a null is absent. */
public final class JsonReader {

    private static final int DEEPEST = 100;
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_NAME = 10_000;

    /** Octets of a body that are no blob's: of them much more memory is made than they take. */
    static final int MOST_BESIDE_BLOBS = 16 * 1024 * 1024;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNameLength(LONGEST_NAME)
                    // Blobs are read in another way.
                    .maxStringLength(MOST_BESIDE_BLOBS)
                    .build())
            .build();

    private final JsonParser json;
    private final byte[] body;
    private long ofBlobs;

    private JsonReader(JsonParser json, byte[] body) {
        this.json = json;
        this.body = body;
    }

    /**
     * Reads a whole body into the members that stand there. A body without anything in it has none.
     *
     * @throws RefusedException when it is no JSON, says something twice, or has other types than the shape
     */
    public static void read(byte[] body, Structure shape, Struct.Builder into) throws RefusedException {
        Utf8.check(body);
        refuseOtherEncodings(body);
        try (JsonParser json = FACTORY.createParser(body)) {
            JsonToken first = json.nextToken();
            if (first == null) {
                return;
            }
            if (first != JsonToken.START_OBJECT) {
                throw new RefusedException(Fault.MISTYPED, "The request body is not a JSON object");
            }
            new JsonReader(json, body).members(shape, into);
            if (json.nextToken() != null) {
                throw new RefusedException(Fault.MISTYPED, "Something follows the JSON object of the request");
            }
        } catch (JsonProcessingException e) {
            throw new RefusedException(Fault.MISTYPED, "The request body is not valid JSON");
        } catch (IOException e) {
            throw new IllegalStateException("octets in memory can be read", e);
        }
    }

    // Two ASCII characters begin every JSON object; in UTF-16 and UTF-32 a zero is among them, and Jackson would read
    // those.
    private static void refuseOtherEncodings(byte[] body) throws RefusedException {
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0) {
                throw new RefusedException(Fault.MALFORMED, "The request is not valid UTF-8");
            }
        }
    }

    private void members(Structure shape, Struct.Builder into) throws IOException, RefusedException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            Member member = shape.members().named(json.currentName());
            JsonToken token = json.nextToken();
            if (member == null || member.place() != Member.Place.BODY) {
                json.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                into.put(member, value(member.shape()));
            }
        }
    }

    private Object value(Shape shape) throws IOException, RefusedException {
        if (body.length > MOST_BESIDE_BLOBS
                && json.currentTokenLocation().getByteOffset() - ofBlobs > MOST_BESIDE_BLOBS) {
            throw new RefusedException(
                    Fault.MISTYPED, "The request has more than " + MOST_BESIDE_BLOBS + " bytes that are no Blob's");
        }
        return switch (shape) {
            case Structure structure -> structure(structure);
            case Shape.Listed listed -> listed(listed);
            case Shape.Mapped mapped -> mapped(mapped);
            case Shape.Text any -> text();
            case Shape.Whole whole -> whole(whole);
            case Shape.Decimal any -> decimal();
            case Shape.Flag any -> flag();
            case Shape.Octets any -> octets();
            case Shape.Moment any -> moment();
        };
    }

    private Struct structure(Structure shape) throws IOException, RefusedException {
        expect(JsonToken.START_OBJECT, "a structure");
        Struct.Builder struct = new Struct.Builder(shape);
        members(shape, struct);
        return struct.build();
    }

    private List<Object> listed(Shape.Listed shape) throws IOException, RefusedException {
        expect(JsonToken.START_ARRAY, "a list");
        List<Object> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(shape.member()));
        }
        return List.copyOf(values);
    }

    private Map<String, Object> mapped(Shape.Mapped shape) throws IOException, RefusedException {
        expect(JsonToken.START_OBJECT, "a map");
        Map<String, Object> values = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = wellFormed(json.currentName());
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                values.put(key, value(shape.value()));
            }
        }
        return Collections.unmodifiableMap(values);
    }

    private String text() throws IOException, RefusedException {
        expect(JsonToken.VALUE_STRING, "a String");
        return wellFormed(json.getText());
    }

    private Object whole(Shape.Whole shape) throws IOException, RefusedException {
        expect(JsonToken.VALUE_NUMBER_INT, shape.wide() ? "a Long" : "an Integer");
        return shape.wide() ? (Object) json.getLongValue() : (Object) json.getIntValue();
    }

    private Double decimal() throws IOException, RefusedException {
        double value = number("a Double");
        if (!Double.isFinite(value)) {
            throw mistyped("a Double");
        }
        return value;
    }

    private Boolean flag() throws RefusedException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw mistyped("a Boolean");
        };
    }

    // A mail of 40 MB may stand there: it is written once, into an array of its length.
    private byte[] octets() throws IOException, RefusedException {
        expect(JsonToken.VALUE_STRING, "a Blob");
        int begin = (int) json.currentTokenLocation().getByteOffset() + 1;
        DecodedOctets octets = new DecodedOctets(DecodedOctets.length(body, begin));
        json.readBinaryValue(Base64Variants.MIME_NO_LINEFEEDS, octets);
        ofBlobs += json.currentLocation().getByteOffset() - begin;
        return octets.all();
    }

    // Seconds, with fractions; milliseconds are what clients write.
    private Instant moment() throws IOException, RefusedException {
        double milliseconds = number("a Timestamp") * 1000;
        if (Math.abs(milliseconds) < Long.MAX_VALUE) {
            Instant moment = Instant.ofEpochMilli(Math.round(milliseconds));
            if (Moments.isWritable(moment)) {
                return moment;
            }
        }
        throw mistyped("a Timestamp");
    }

    private double number(String type) throws IOException, RefusedException {
        if (!json.currentToken().isNumeric()) {
            throw mistyped(type);
        }
        return json.getDoubleValue();
    }

    private void expect(JsonToken token, String type) throws RefusedException {
        if (json.currentToken() != token) {
            throw mistyped(type);
        }
    }

    // RFC 8259 8.2: half of a surrogate pair can be written, and is no text.
    private static String wellFormed(String text) throws RefusedException {
        if (!WellFormed.is(text)) {
            throw new RefusedException(Fault.MISTYPED, "A text is not valid Unicode");
        }
        return text;
    }

    private RefusedException mistyped(String type) {
        String words =
                switch (json.currentToken()) {
                    case START_OBJECT -> "Start of structure or map found where not expected.";
                    case START_ARRAY -> "Start of list found where not expected";
                    case VALUE_STRING -> "STRING_VALUE can not be converted to " + type;
                    case VALUE_TRUE -> "TRUE_VALUE can not be converted to " + type;
                    case VALUE_FALSE -> "FALSE_VALUE can not be converted to " + type;
                    case VALUE_NULL -> "NULL_VALUE can not be converted to " + type;
                    default -> "NUMBER_VALUE can not be converted to " + type;
                };
        return new RefusedException(Fault.MISTYPED, words);
    }
}
