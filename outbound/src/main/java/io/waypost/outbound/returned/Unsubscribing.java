package io.waypost.outbound.returned;

import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.ReversePath;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvents;
import io.waypost.message.sending.SendRequest;
import io.waypost.message.sending.Sending;
import io.waypost.outbound.port.ContactLists;
import io.waypost.outbound.port.ContactLists.Unsubscribed;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.util.Optional;

/**
 * Ends the subscription that a mail was sent under, because mail came to the address that its List-Unsubscribe field named (RFC 2369
 * 3.2). Who wrote it, and what, does not matter: whoever knows the address has the mail. Safe for all threads; blocks.
 */
public final class Unsubscribing {

    private final ContactLists contacts;
    private final MailEvents events;

    public Unsubscribing(ContactLists contacts, MailEvents events) {
        this.contacts = contacts;
        this.events = events;
    }

    /**
     * @param effect of the mail that came
     * @param sent the mail that named the address
     * @return what was done, in words
     */
    String end(Effect effect, Mail sent) throws IOException {
        // A notice or an automatic answer is nobody's wish (RFC 3834 3.3).
        if (effect.mail().envelope().from() instanceof ReversePath.Null) {
            return "ends no subscription: a notice is no wish";
        }
        Sending sending = sent.sending().orElseThrow();
        Optional<SendRequest.ListManagement> list = sending.list();
        if (list.isEmpty()) {
            return sent.id() + " was sent to no list";
        }
        EmailAddress contact = sent.envelope().addresses().getFirst();
        Optional<Unsubscribed> ended = contacts.unsubscribe(
                sending.scope(), list.get().contactList(), list.get().topic(), contact);
        if (ended.isEmpty() || ended.get().before().equals(ended.get().after())) {
            return contact + " had unsubscribed already";
        }
        events.tell(new MailEvent.Subscribed(
                effect.key().toString(),
                sent,
                effect.mail().acceptedAt(),
                list.get().contactList(),
                "UnsubscribeHeader",
                ended.get().after(),
                ended.get().before()));
        return contact + " unsubscribed from " + list.get().contactList();
    }
}
