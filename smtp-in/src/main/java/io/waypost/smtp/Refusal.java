package io.waypost.smtp;

import io.waypost.message.Reply;

/**
 * A command or a mail is refused: what the peer hears, and the short word that the log keeps. An exception without a stack
 * trace, since every hostile client can cause as many as it likes.
 */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Reply reply;
    private final String reason;
    private final boolean closing;

    private Refusal(Reply reply, String reason, boolean closing) {
        super(reason, null, false, false);
        this.reply = reply;
        this.reason = reason;
        this.closing = closing;
    }

    public static Refusal of(String reason, Reply reply) {
        return new Refusal(reply, reason, false);
    }

    public static Refusal of(String reason, int code, String status, String text) {
        return of(reason, Reply.of(code, status, text));
    }

    /** The same, after which the connection is closed: what follows on it can no longer be trusted to be commands. */
    public Refusal closing() {
        return new Refusal(reply, reason, true);
    }

    public Reply reply() {
        return reply;
    }

    /** Short and machine-readable, such as {@code bare-lf}. */
    public String reason() {
        return reason;
    }

    public boolean isClosing() {
        return closing;
    }
}
