package io.waypost.outbound.port;

import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import io.waypost.message.sending.MailEvent.Preferences;
import java.io.IOException;
import java.util.Optional;

/** Contact lists: who wants mail about what. Safe for all threads; blocks. */
public interface ContactLists {

    /** Whether there is such a list and, where a topic is named, it has the topic. */
    boolean exists(Scope scope, String list, Optional<String> topic) throws IOException;

    /**
     * Whether an address gets mail to a list, or to one of its topics. An address that the list does not know is one of its contacts
     * from then on, with the topics' defaults.
     *
     * @param list one that {@link #exists}
     */
    boolean isSubscribed(Scope scope, String list, Optional<String> topic, EmailAddress address) throws IOException;

    /**
     * Ends a subscription; durable when it returns. A second time, nothing changes.
     *
     * @param topic nothing for all mail of the list
     * @return what the contact wanted before and wants now; nothing when there is no such list, topic or contact
     */
    Optional<Unsubscribed> unsubscribe(Scope scope, String list, Optional<String> topic, EmailAddress address)
            throws IOException;

    /** What a contact wanted and wants. */
    record Unsubscribed(Preferences before, Preferences after) {}
}
