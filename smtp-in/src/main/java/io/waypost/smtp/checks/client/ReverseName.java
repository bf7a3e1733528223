package io.waypost.smtp.checks.client;

import java.util.Optional;

/**
 * A client's name, confirmed or not (RFC 8601 2.7.3).
 *
 * @param result the word for Authentication-Results
 * @param name present when it is confirmed: letters, digits, {@code .}, {@code -} and {@code _} only
 * @param reason why it is not; empty for a pass
 */
public record ReverseName(Result result, Optional<String> name, String reason) {

    /** The results of {@code iprev}. */
    public enum Result {
        /** The address has a name, and this name has the address. */
        PASS,
        /** It has names, and none of them has the address. */
        FAIL,
        /** It has no name. */
        PERMERROR,
        /** DNS did not say; a later attempt may succeed. */
        TEMPERROR
    }

    static ReverseName pass(String name) {
        return new ReverseName(Result.PASS, Optional.of(name), "");
    }

    static ReverseName none(Result result, String reason) {
        return new ReverseName(result, Optional.empty(), reason);
    }
}
