package io.waypost.smtp.checks;

import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Verdicts;
import java.util.Optional;

/** Asks a spam scanner. Called on virtual threads of many mails at once. */
public interface SpamScanner {

    /**
     * Blocks until the scanner has answered, at most until the deadline; an interrupt ends it early. Never throws: a scanner that is down,
     * hangs or answers nonsense is PROCESSING_FAILED with its reason, and never a pass.
     *
     * @param content read as a stream, by nobody else at the moment
     * @param id what the scanner's log is to call the mail
     * @param reverseName the client's confirmed name
     */
    Verdicts.Spam scan(
            MessageContent content, Envelope envelope, MessageId id, Optional<String> reverseName, Deadline deadline);
}
