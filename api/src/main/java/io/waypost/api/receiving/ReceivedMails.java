package io.waypost.api.receiving;

import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Scope;
import java.io.IOException;
import java.util.Optional;

/** The mails that were received. */
public interface ReceivedMails {

    /**
     * A mail that an account received in a region.
     *
     * @param content its bytes as they were accepted; of a settled mail, whose bytes are gone, nothing
     */
    record Received(Mail mail, MessageContent content) {}

    /** A mail of this scope; nothing when it is another's, or is not known. */
    Optional<Received> find(Scope scope, MessageId id) throws IOException;
}
