package io.waypost.api.aws.protocol;

/** The codes of the two protocols that speak JSON, which agree but for two of them (SES contract 4.1). */
public final class JsonFaults {

    private JsonFaults() {}

    /**
     * @param invalid the code for values that are not valid
     * @param throttled what an API says to somebody who asks too often
     */
    public static Refusal refusal(Fault fault, String words, String invalid, Refusal throttled) {
        return switch (fault) {
            case MALFORMED, INVALID, INVALID_PARAMETER -> Refusal.of(invalid, 400, words);
            case MISTYPED -> Refusal.of("SerializationException", 400, words);
            case NO_OPERATION, UNKNOWN_OPERATION -> Refusal.of("UnknownOperationException", 404, words);
            case UNSIGNED -> Refusal.of("MissingAuthenticationTokenException", 403, words);
            case UNKNOWN_KEY -> Refusal.of("UnrecognizedClientException", 403, words);
            case WRONG_SIGNATURE, EXPIRED -> Refusal.of("InvalidSignatureException", 403, words);
            case INCOMPLETE_SIGNATURE -> Refusal.of("IncompleteSignatureException", 400, words);
            case DENIED -> Refusal.of("AccessDeniedException", 403, words);
            case THROTTLED -> throttled;
            case UNAVAILABLE -> Refusal.of("ServiceUnavailableException", 503, words);
            case INTERNAL -> Refusal.of("InternalFailure", 500, words);
        };
    }
}
