package io.waypost.api.sending;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.EmailAddress;
import io.waypost.message.compose.Mailbox;
import io.waypost.message.sending.SendRequest.ListManagement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request says around a message, read and checked.
 *
 * @param operation the operation's name
 * @param from the sender; where absent, the From field of a raw message
 * @param to recipients that everybody sees
 * @param cc the same
 * @param bcc those that nobody sees
 * @param arns the identities that it names, the sender's first
 */
record Letter(
        String operation,
        Optional<Mailbox> from,
        List<Mailbox> to,
        List<Mailbox> cc,
        List<Mailbox> bcc,
        List<Mailbox> replyTo,
        Optional<EmailAddress> returnPath,
        List<String> arns,
        Optional<String> configurationSet,
        Map<String, String> tags,
        Optional<ListManagement> list) {

    // Contract 4.8.
    private static final int MOST_RECIPIENTS = 50;

    /** Who gets it, each once. */
    List<EmailAddress> destinations() {
        Set<EmailAddress> all = new LinkedHashSet<>();
        to.forEach(mailbox -> all.add(mailbox.address()));
        cc.forEach(mailbox -> all.add(mailbox.address()));
        bcc.forEach(mailbox -> all.add(mailbox.address()));
        return List.copyOf(all);
    }

    /** The identity that it is to be sent under. */
    Optional<String> sourceArn() {
        return arns.stream().findFirst();
    }

    /** The sender, whom a message that is composed must have. */
    Mailbox author() throws ServiceException {
        if (from.isEmpty()) {
            throw ServiceException.invalidParameter("Missing required header 'From'.");
        }
        return from.get();
    }

    /** @throws ServiceException when a message that is composed would have no sender or no recipient */
    void checkAddressed() throws ServiceException {
        author();
        if (to.isEmpty() && cc.isEmpty() && bcc.isEmpty()) {
            throw ServiceException.invalidParameter("At least one recipient must be specified.");
        }
    }

    /** The same to others, as an entry of a bulk. */
    Letter to(Destination destination, Map<String, String> replacedTags) throws ServiceException {
        Builder builder = new Builder(operation).to(destination);
        return new Letter(
                operation,
                from,
                builder.to,
                builder.cc,
                builder.bcc,
                replyTo,
                returnPath,
                arns,
                configurationSet,
                replacedTags,
                list);
    }

    /** Reads a request, member by member. */
    static final class Builder {

        private final String operation;
        private Optional<Mailbox> from = Optional.empty();
        private List<Mailbox> to = List.of();
        private List<Mailbox> cc = List.of();
        private List<Mailbox> bcc = List.of();
        private List<Mailbox> replyTo = List.of();
        private Optional<EmailAddress> returnPath = Optional.empty();
        private List<String> arns = List.of();
        private Optional<String> configurationSet = Optional.empty();
        private Map<String, String> tags = Map.of();
        private Optional<ListManagement> list = Optional.empty();

        Builder(String operation) {
            this.operation = operation;
        }

        Builder from(@Nullable String text) throws ServiceException {
            from = text == null || text.isEmpty() ? Optional.empty() : Optional.of(mailbox(text));
            return this;
        }

        Builder to(Destination destination) throws ServiceException {
            to = mailboxes(destination.toAddresses());
            cc = mailboxes(destination.ccAddresses());
            bcc = mailboxes(destination.bccAddresses());
            int count = to.size() + cc.size() + bcc.size();
            if (count > MOST_RECIPIENTS) {
                throw ServiceException.invalidParameter("Recipient count exceeds " + MOST_RECIPIENTS + ".");
            }
            return this;
        }

        Builder toAll(@Nullable List<String> destinations) throws ServiceException {
            return to(new Destination(null, null, destinations));
        }

        Builder replyTo(@Nullable List<String> addresses) throws ServiceException {
            replyTo = mailboxes(addresses);
            if (replyTo.size() > MOST_RECIPIENTS) {
                throw ServiceException.invalidParameter("Reply-To address count exceeds " + MOST_RECIPIENTS + ".");
            }
            return this;
        }

        Builder returnPath(@Nullable String text) throws ServiceException {
            returnPath = text == null || text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(mailbox(text).address());
            return this;
        }

        Builder arns(@Nullable String... named) throws ServiceException {
            arns = NamedArns.given(named);
            return this;
        }

        Builder configurationSet(@Nullable String name) {
            configurationSet = Optional.ofNullable(name).filter(text -> !text.isEmpty());
            return this;
        }

        Builder tags(@Nullable List<MessageTag> given) throws ServiceException {
            tags = MessageTag.checked(given);
            return this;
        }

        Builder list(Optional<ListManagement> management) {
            list = management;
            return this;
        }

        Letter build() {
            return new Letter(operation, from, to, cc, bcc, replyTo, returnPath, arns, configurationSet, tags, list);
        }

        private static List<Mailbox> mailboxes(@Nullable List<String> texts) throws ServiceException {
            List<Mailbox> mailboxes = new ArrayList<>();
            for (String text : texts == null ? List.<String>of() : texts) {
                mailboxes.add(mailbox(text));
            }
            return mailboxes;
        }

        private static Mailbox mailbox(String text) throws ServiceException {
            try {
                return Mailbox.parse(text);
            } catch (IllegalArgumentException e) {
                throw ServiceException.invalidParameter("Invalid email address<" + text + ">.");
            }
        }
    }
}
