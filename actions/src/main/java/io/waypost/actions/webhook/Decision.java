package io.waypost.actions.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.actions.webhook.http.Printable;
import io.waypost.message.Disposition;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads the answer of a webhook that decides: {@code {"disposition":"STOP_RULE"}}. As with SES' Lambda action, whatever is
 * absent, null or unknown means CONTINUE.
 */
public final class Decision {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int MOST_SHOWN = 200;

    private Decision() {}

    /** Never fails. */
    public static Disposition of(byte[] body) {
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

    /**
     * Why a function failed, where the answer is Lambda's report of that: an {@code errorMessage} or {@code errorType} and no
     * disposition.
     */
    public static Optional<String> failure(byte[] body) {
        try {
            JsonNode answer = JSON.readTree(body);
            if (answer == null
                    || answer.has("disposition")
                    || !(answer.has("errorMessage") || answer.has("errorType"))) {
                return Optional.empty();
            }
            String said = (answer.path("errorType").asText("") + " "
                            + answer.path("errorMessage").asText(""))
                    .strip();
            return Optional.of(Printable.of(said, MOST_SHOWN));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
