package io.waypost.api.template.language;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads what templates are filled in with. */
public final class TemplateData {

    private static final int DEEPEST = 100;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Numbers are shown as they were written.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

    private TemplateData() {}

    /** @throws RenderingException INVALID_DATA, when it is no JSON object */
    public static ObjectNode read(String json) throws RenderingException {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw RenderingException.invalidData(
                    "The template data are not valid JSON: " + String.valueOf(e.getOriginalMessage()));
        }
        throw RenderingException.invalidData("The template data must be a JSON object.");
    }

    /** All attributes of both; those of {@code over} count. */
    public static ObjectNode merged(ObjectNode under, JsonNode over) {
        ObjectNode merged = under.objectNode();
        merged.setAll(under);
        over.properties().forEach(property -> merged.set(property.getKey(), property.getValue()));
        return merged;
    }
}
