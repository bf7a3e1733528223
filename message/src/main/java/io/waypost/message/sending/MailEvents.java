package io.waypost.message.sending;

import java.io.IOException;

/** Where events of sent mail go: topics, webhooks, endpoints, figures, the sender's mailbox. Safe for all threads; blocks. */
public interface MailEvents {

    /** Tells nobody. */
    MailEvents NONE = event -> {};

    /**
     * Tells whoever wants to know. Durable when it returns: whoever tells records what he told of afterwards, and tells again after a
     * crash between the two, under the same key.
     *
     * @throws IOException when it is not certain that they will hear of it; the caller tries again
     */
    void tell(MailEvent event) throws IOException;
}
