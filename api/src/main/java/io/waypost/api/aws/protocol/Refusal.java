package io.waypost.api.aws.protocol;

import io.waypost.api.aws.model.ErrorShape;
import java.util.Map;

/**
 * An error as it stands on the wire.
 *
 * @param code such as {@code RuleSetDoesNotExist}
 * @param status of HTTP
 * @param sender whether it is the sender's fault
 * @param message AWS' words
 * @param members what the error has beside the message
 */
public record Refusal(String code, int status, boolean sender, String message, Map<String, String> members) {

    /** A code that every operation may answer. */
    public static Refusal of(String code, int status, String message) {
        return new Refusal(code, status, status < 500, message, Map.of());
    }

    /** An error of the model. */
    public static Refusal of(ErrorShape error, String message, Map<String, String> members) {
        return new Refusal(error.code(), error.status(), error.sender(), message, members);
    }
}
