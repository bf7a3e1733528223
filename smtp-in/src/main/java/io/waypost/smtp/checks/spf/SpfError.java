package io.waypost.smtp.checks.spf;

import io.waypost.smtp.checks.spf.SpfResult.Result;

/** Ends a check at once with {@code temperror} or {@code permerror} (RFC 7208 2.6.6, 2.6.7); the message says why, for people. */
final class SpfError extends Exception {

    private static final long serialVersionUID = 1;

    private final Result result;

    private SpfError(Result result, String reason) {
        // No stack trace: whoever publishes a record decides how often this happens.
        super(SafeText.line(reason), null, false, false);
        this.result = result;
    }

    static SpfError permanent(String reason) {
        return new SpfError(Result.PERMERROR, reason);
    }

    static SpfError temporary(String reason) {
        return new SpfError(Result.TEMPERROR, reason);
    }

    Result result() {
        return result;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
