package io.waypost.smtp;

import io.waypost.message.Client;
import io.waypost.message.Decision;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Spool;
import java.io.IOException;
import java.util.Optional;

/**
 * What the SMTP session asks about a mail. Called by many sessions at once, each on its own virtual thread; may block.
 */
public interface Routing {

    /**
     * Whether a recipient is refused at RCPT, before any content was sent.
     *
     * @return the reply of the refusal (550 5.1.1 for an unknown recipient, 550 5.7.1 for a domain that is not ours); empty to
     *     take the recipient
     */
    Optional<Reply> refusal(ReversePath from, EmailAddress to, Client client);

    /** Whether a rule that takes one of the recipients wants the mail scanned for spam and viruses. */
    boolean wantsScan(Envelope envelope);

    /**
     * Decides about a mail that has arrived whole and is not stored yet.
     *
     * @param verdicts what the checks found
     * @param content the bytes as received, without our trace fields; valid during this call only
     * @throws IOException when the content cannot be read: the peer hears 451 and tries again
     */
    Decision decide(Envelope envelope, Verdicts verdicts, MessageContent content) throws IOException;

    /**
     * The mail is durable and its 250 is certain: its runs are handed over. Returns at once. What it throws is logged and
     * changes nothing, because the promise is given.
     */
    void accepted(Spool.Committed committed);
}
