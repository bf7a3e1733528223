package io.waypost.actions.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.message.Disposition;
import java.io.IOException;

/**
 * Reads the answer of a webhook that decides: {@code {"disposition":"STOP_RULE"}}. As with SES' Lambda action, whatever is
 * absent, null or unknown means CONTINUE.
 */
final class Decision {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Decision() {}

    static Disposition of(byte[] body) {
        try {
            JsonNode answer = JSON.readTree(body);
            String word = answer == null ? "" : answer.path("disposition").asText("");
            return switch (word) {
                case "STOP_RULE" -> Disposition.STOP_RULE;
                case "STOP_RULE_SET" -> Disposition.STOP_RULE_SET;
                default -> Disposition.CONTINUE;
            };
        } catch (JsonProcessingException e) {
            return Disposition.CONTINUE;
        } catch (IOException e) {
            throw new IllegalStateException("an array cannot fail", e);
        }
    }
}
