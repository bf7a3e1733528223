package io.waypost.api.aws.protocol;

/** A request that is not carried out because of what it is. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final Fault fault;

    /** @param words for the caller: AWS' where it has any */
    public RefusedException(Fault fault, String words) {
        super(words, null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }

    public String words() {
        return String.valueOf(getMessage());
    }
}
