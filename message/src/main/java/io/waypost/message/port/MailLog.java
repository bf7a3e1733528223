package io.waypost.message.port;

import io.waypost.message.Attempt;
import io.waypost.message.Client;
import io.waypost.message.EffectKey;
import io.waypost.message.Mail;
import io.waypost.message.MessageId;
import io.waypost.message.Reply;
import io.waypost.message.RunKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Hears of every state change of a mail: one record each, for the log of mails and the metrics. Called on hot paths by any
 * thread: implementations return at once and never throw. What must not be lost is in the ledger, not here.
 */
@FunctionalInterface
public interface MailLog {

    void record(Event event);

    /** A log that keeps nothing. */
    MailLog NONE = event -> {};

    /** One state change. */
    sealed interface Event {}

    /** 250 was promised: the mail is durable. {@code tookMillis} is from the end of the data to the commit's return. */
    record Accepted(Mail mail, long tookMillis) implements Event {}

    /**
     * A session refused something with this reply.
     *
     * @param stage the command that was refused: CONNECT, MAIL, RCPT, DATA, BDAT ...
     * @param reason a short machine-readable word, such as {@code unknown-recipient} or {@code bare-lf}
     * @param from the reverse-path given so far
     * @param to the recipients in question
     */
    record Refused(
            Instant at, Client client, String stage, String reason, Reply reply, Optional<String> from, List<String> to)
            implements Event {}

    /** An attempt at an effect was made. */
    record Attempted(Attempt attempt) implements Event {}

    /** An effect gave up; its bytes are kept. */
    record Died(EffectKey effect, RunKey run, Instant at, String reason) implements Event {}

    /** Every run of the mail has an outcome. */
    record Settled(MessageId id, Instant at) implements Event {}

    /** An operator replayed or dropped a dead effect. */
    record Revived(EffectKey effect, Instant at, boolean dropped) implements Event {}
}
