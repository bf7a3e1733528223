package io.waypost.smtp.checks.syntax;

/** A text breaks its grammar. The message says where, in one printable line. */
public final class MalformedException extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;

    public MalformedException(String reason) {
        // Thrown for hostile input in masses: without a stack trace it costs nothing.
        super(reason, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
