package io.waypost.api.identity;

/** How far a proof in DNS, or by mail, has come; the words of both APIs. */
public enum VerificationState {
    NOT_STARTED("NotStarted"),
    PENDING("Pending"),
    SUCCESS("Success"),
    /** It was there and is not there now; it still counts. */
    TEMPORARY_FAILURE("TemporaryFailure"),
    /** It did not come in time, or was gone for too long; nobody looks again until somebody starts anew. */
    FAILED("Failed");

    private final String word;

    VerificationState(String word) {
        this.word = word;
    }

    /** The word of the API of 2010; that of 2019 is the constant's name. */
    public String word() {
        return word;
    }
}
