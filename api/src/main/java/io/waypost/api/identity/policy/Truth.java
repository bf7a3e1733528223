package io.waypost.api.identity.policy;

/** Whether something is so, as far as it can be told: what is not known never allows, and always forbids. */
enum Truth {
    NO,
    UNKNOWN,
    YES;

    static Truth of(boolean it) {
        return it ? YES : NO;
    }

    /** The weaker of both. */
    Truth and(Truth other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
