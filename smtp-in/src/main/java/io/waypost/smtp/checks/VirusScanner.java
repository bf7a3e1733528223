package io.waypost.smtp.checks;

import io.waypost.message.MessageContent;
import io.waypost.message.Verdict;

/** Asks a virus scanner. Called on virtual threads of many mails at once. */
public interface VirusScanner {

    /**
     * Blocks until the scanner has answered, at most until the deadline; an interrupt ends it early. Never throws: a scanner that is down,
     * hangs or answers nonsense is PROCESSING_FAILED with its reason, and never a pass.
     *
     * @param content read as a stream, by nobody else at the moment
     */
    Verdict scan(MessageContent content, Deadline deadline);
}
