package io.waypost.api.identity;

/** What DNS said about a proof; the words of SES' {@code VerificationError} where it is not there. */
public enum Finding {
    PRESENT,
    /** The name does not exist. */
    HOST_NOT_FOUND,
    /** The name exists and has no such record. */
    TYPE_NOT_FOUND,
    /** There are records, and none is the right one. */
    INVALID_VALUE,
    /** Nothing is known now. */
    DNS_SERVER_ERROR;

    /** Present when both are; otherwise the first that is not. */
    public Finding and(Finding other) {
        return this == PRESENT ? other : this;
    }

    /** Present when either is; not known when either may be; otherwise the first. */
    public Finding or(Finding other) {
        if (this == PRESENT || other == PRESENT) {
            return PRESENT;
        }
        return other == DNS_SERVER_ERROR ? other : this;
    }
}
