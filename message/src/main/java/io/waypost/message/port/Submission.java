package io.waypost.message.port;

import io.waypost.message.EmailAddress;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.ReversePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The way into the outbound line: for a DSN, a forward, and later the SES APIs and SMTP submission.
 */
public interface Submission {

    /**
     * Accepts a message for sending. Durable when it returns.
     *
     * @param from the reverse-path; a DSN has the null path (RFC 3464 2)
     * @param to at least one recipient
     * @param content a complete message, CRLF line ends
     * @param repeatKey names this submission: a second call with the same key, after a crash or a lost answer, is answered with
     *     the first call's id and sends nothing again, for as long as history is kept
     * @throws StoreUnavailableException when nothing was accepted; the caller tries again later
     */
    MessageId submit(ReversePath from, List<EmailAddress> to, MessageContent content, Optional<String> repeatKey)
            throws IOException;
}
