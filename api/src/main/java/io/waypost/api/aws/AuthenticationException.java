package io.waypost.api.aws;

/** A request that is nobody's, or not fresh, or changed on its way. Each protocol has its own code for each fault. */
public final class AuthenticationException extends Exception {

    private static final long serialVersionUID = 1;

    /** What is wrong (codes on the wire: SES contract 4.1). */
    public enum Fault {
        /** Nothing says who asks. */
        MISSING,
        /** The key is not known. */
        UNKNOWN_KEY,
        /** The signature is not that of the key's secret. */
        WRONG_SIGNATURE,
        /** The parts of a signature are not all there, or have no form. */
        INCOMPLETE,
        /** Signed too long ago, or in the future. */
        EXPIRED,
        /** The key may not do that. */
        DENIED,
        /** Too many wrong signatures came from there lately: this one is not looked at. */
        TOO_OFTEN
    }

    private final Fault fault;

    /** @param message AWS' words; no secret */
    public AuthenticationException(Fault fault, String message) {
        super(message, null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }

    /** AWS' words. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
