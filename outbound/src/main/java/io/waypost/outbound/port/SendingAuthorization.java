package io.waypost.outbound.port;

import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What the owners of identities allow others, and forbid. Safe for all threads; asked for every mail, so answers are in memory. */
public interface SendingAuthorization {

    /** For a server without policies. */
    SendingAuthorization NONE = new SendingAuthorization() {
        @Override
        public Optional<SendingIdentity> lent(String arn, EmailAddress address, Use use) {
            return Optional.empty();
        }

        @Override
        public boolean isForbidden(SendingIdentity own, Use use) {
            return false;
        }
    };

    /**
     * A use of an identity.
     *
     * @param scope who sends
     * @param accessKey his key's id
     * @param operation such as {@code SendRawEmail}
     * @param senders of the request and in the message, each once
     * @param displayName of the first author; empty where there is none
     * @param feedbackTo who gets feedback by mail
     */
    record Use(
            Scope scope,
            String accessKey,
            String operation,
            Optional<String> sourceIp,
            List<EmailAddress> senders,
            String displayName,
            EmailAddress feedbackTo,
            List<EmailAddress> recipients) {

        public Use {
            senders = List.copyOf(senders);
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * The identity of another account of the sender's region, where it covers the address, is verified, and its owner lets the sender use
     * it so. Its configuration set is its owner's, and not the sender's.
     */
    Optional<SendingIdentity> lent(String arn, EmailAddress address, Use use) throws IOException;

    /** Whether a policy of the sender's own identity keeps him from using it so. */
    boolean isForbidden(SendingIdentity own, Use use);
}
