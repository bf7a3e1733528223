package io.waypost.server;

import io.waypost.api.receiving.ReceivedMails;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Scope;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.Spool;
import io.waypost.rules.book.RuleBook;
import java.io.IOException;
import java.util.Optional;

/** The received mails of each account: those with a recipient in one of its domains. */
final class StoredMails implements ReceivedMails {

    private final Ledger ledger;
    private final Spool spool;
    private final RuleBook book;

    StoredMails(Ledger ledger, Spool spool, RuleBook book) {
        this.ledger = ledger;
        this.spool = spool;
        this.book = book;
    }

    @Override
    public Optional<Received> find(Scope scope, MessageId id) throws IOException {
        Optional<Ledger.Story> story = ledger.story(id);
        if (story.isEmpty() || !isOf(scope, story.get().mail())) {
            return Optional.empty();
        }
        Mail mail = story.get().mail();
        if (story.get().settledAt().isEmpty()) {
            try {
                return Optional.of(new Received(mail, spool.content(id)));
            } catch (IOException e) {
                // Settled in between: its bytes are gone, the notice goes without them.
                if (ledger.story(id).flatMap(Ledger.Story::settledAt).isEmpty()) {
                    throw e;
                }
            }
        }
        return Optional.of(new Received(mail, MessageContent.of(new byte[0])));
    }

    private boolean isOf(Scope scope, Mail mail) {
        return mail.line() == Line.INBOUND
                && mail.envelope().addresses().stream()
                        .anyMatch(address -> book.ownDomains(scope).cover(address.domain()));
    }
}
