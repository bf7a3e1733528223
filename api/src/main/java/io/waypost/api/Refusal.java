package io.waypost.api;

import io.waypost.api.aws.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the door answers by itself, before or in place of whoever stands behind it, in the form that AWS clients read. */
enum Refusal {
    MALFORMED(400, "MalformedRequest", "The request target must be a path."),
    SLOW(408, "RequestTimeout", "The request did not arrive in time."),
    TOO_LARGE(413, "RequestEntityTooLarge", "The request body is too large."),
    EXPECTATION(417, "ExpectationFailed", "Only 100-continue can be expected."),
    INTERNAL(500, "InternalFailure", "The request processing has failed because of an unknown error."),
    THROTTLED(400, "Throttling", "Rate exceeded"),
    BUSY(503, "ServiceUnavailable", "Too many requests are in hand; slow down and try again.");

    private final int status;
    private final String code;
    private final String words;

    Refusal(int status, String code, String words) {
        this.status = status;
        this.code = code;
        this.words = words;
    }

    /** In metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param json for the protocols with JSON bodies; else XML, as the Query protocol has it */
    WireResponse answer(boolean json) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (this == BUSY) {
            headers.put("Retry-After", "1");
        }
        if (json) {
            headers.put("Content-Type", "application/json");
            headers.put("x-amzn-ErrorType", (this == THROTTLED ? "TooManyRequests" : code) + "Exception");
        } else {
            headers.put("Content-Type", "text/xml");
        }
        // SES contract 4.1: the one fault whose code and status differ between the protocols.
        boolean otherwise = json && this == THROTTLED;
        String type = status < 500 ? "Sender" : "Receiver";
        String body = json
                ? "{\"message\":\"" + words + "\"}"
                : "<ErrorResponse><Error><Type>" + type + "</Type><Code>" + code + "</Code><Message>" + words
                        + "</Message></Error></ErrorResponse>";
        return new WireResponse(otherwise ? 429 : status, headers, body.getBytes(StandardCharsets.US_ASCII));
    }
}
