package io.waypost.message.sending;

import io.waypost.message.MessageId;
import java.io.IOException;

/** The one way for applications to send mail: SMTP and every API operation end here. Safe for all threads; blocks. */
public interface Sender {

    /**
     * Accepts a message: identity, quota, suppression and configuration set are looked at, the header is completed, the message is
     * signed. Durable when it returns, with its Send event. A recipient on the suppression list is accepted and bounces.
     *
     * @return its name; applications see {@link SesMessageId#of}
     * @throws SendRefusedException when it is not sent, for good
     * @throws IOException when nothing was accepted now; the caller may try again
     */
    MessageId send(SendRequest request) throws SendRefusedException, IOException;
}
