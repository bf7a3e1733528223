package io.waypost.api.aws.protocol;

import io.waypost.api.aws.AuthenticationException;
import java.util.Optional;

/** What can be wrong with any request. Each protocol has its own code and status for it (SES contract 4.1). */
public enum Fault {
    /** It cannot be taken apart, or could be taken apart in two ways. */
    MALFORMED,
    /** A value has not the type of its member. */
    MISTYPED,
    /** It does not say what to do. */
    NO_OPERATION,
    /** There is no such operation, or it is not built. */
    UNKNOWN_OPERATION,
    /** A value is missing, or beyond the model's limits. */
    INVALID,
    /** A value has the right form and means nothing here. */
    INVALID_PARAMETER,
    UNSIGNED,
    UNKNOWN_KEY,
    WRONG_SIGNATURE,
    INCOMPLETE_SIGNATURE,
    EXPIRED,
    DENIED,
    THROTTLED,
    UNAVAILABLE,
    /** Ours, not the caller's. */
    INTERNAL;

    public static Fault of(AuthenticationException.Fault fault) {
        return switch (fault) {
            case MISSING -> UNSIGNED;
            case UNKNOWN_KEY -> UNKNOWN_KEY;
            case WRONG_SIGNATURE -> WRONG_SIGNATURE;
            case INCOMPLETE -> INCOMPLETE_SIGNATURE;
            case EXPIRED -> EXPIRED;
            case DENIED -> DENIED;
            case TOO_OFTEN -> THROTTLED;
        };
    }

    /** The fault behind a code that every operation may answer. */
    public static Optional<Fault> ofCode(String code) {
        return switch (code) {
            case "InvalidParameterValue" -> Optional.of(INVALID_PARAMETER);
            case "ValidationError" -> Optional.of(INVALID);
            case "AccessDenied" -> Optional.of(DENIED);
            case "Throttling" -> Optional.of(THROTTLED);
            case "ServiceUnavailable" -> Optional.of(UNAVAILABLE);
            case "InternalFailure" -> Optional.of(INTERNAL);
            default -> Optional.empty();
        };
    }
}
