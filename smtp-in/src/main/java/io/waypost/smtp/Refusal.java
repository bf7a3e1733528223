package io.waypost.smtp;

import io.waypost.message.EmailAddress;
import io.waypost.message.Reply;
import java.util.Optional;

/**
 * A command or a mail is refused: what the peer hears, and the short word that the log keeps. An exception without a stack
 * trace, since every hostile client can cause as many as it likes.
 */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Reply reply;
    private final String reason;
    private final boolean closing;
    private final transient Optional<EmailAddress> recipient;

    private Refusal(Reply reply, String reason, boolean closing, Optional<EmailAddress> recipient) {
        super(reason, null, false, false);
        this.reply = reply;
        this.reason = reason;
        this.closing = closing;
        this.recipient = recipient;
    }

    public static Refusal of(String reason, Reply reply) {
        return new Refusal(reply, reason, false, Optional.empty());
    }

    public static Refusal of(String reason, int code, String status, String text) {
        return of(reason, Reply.of(code, status, text));
    }

    /** The same, after which the connection is closed: what follows on it can no longer be trusted to be commands. */
    public Refusal closing() {
        return new Refusal(reply, reason, true, recipient);
    }

    /** The same in other words. */
    public Refusal saying(Reply words) {
        return new Refusal(words, reason, closing, recipient);
    }

    /** The same, said about one recipient. */
    public Refusal about(EmailAddress address) {
        return new Refusal(reply, reason, closing, Optional.of(address));
    }

    /** The one recipient it is about, if it is not about the whole mail. */
    public Optional<EmailAddress> recipient() {
        return recipient;
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
