package io.waypost.smtp.checks;

/** A scanner gave no verdict: it is down, hangs, or answers nonsense. */
public final class ScanFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param reason for the log and the mail's story, one line */
    public ScanFailure(String reason) {
        super(reason, null, false, false);
    }

    /** Why. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
