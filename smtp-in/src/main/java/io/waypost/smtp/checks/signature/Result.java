package io.waypost.smtp.checks.signature;

import java.util.Locale;

/** The words of RFC 8601 2.7.1. */
public enum Result {
    /** There is no signature. */
    NONE,
    PASS,
    /** It does not verify, or its time is over. */
    FAIL,
    /** It verifies, or might, and is not accepted all the same. */
    POLICY,
    /** It does not verify, and its domain asks not to mind (RFC 6376 3.6.1 {@code t=y}). */
    NEUTRAL,
    /** The key could not be had now. */
    TEMPERROR,
    /** The signature or its key is not what RFC 6376 wants. */
    PERMERROR;

    /** The word itself. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
