package io.waypost.smtp.checks.signature;

/** Text from a mail or from DNS that is not what its RFC wants. The message says what is wrong, for people: one line. */
public final class MalformedException extends Exception {

    private static final long serialVersionUID = 1;

    public MalformedException(String message) {
        // Every second hostile mail makes one: without the cost of a stack trace.
        super(message, null, false, false);
    }

    /** The message; unlike {@link #getMessage} never null. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
