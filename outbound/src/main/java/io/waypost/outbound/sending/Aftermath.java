package io.waypost.outbound.sending;

import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvent.BounceKind;
import io.waypost.message.sending.MailEvents;
import io.waypost.message.sending.Sending;
import io.waypost.outbound.Simulator;
import io.waypost.outbound.port.ConfigurationSet;
import io.waypost.outbound.port.ConfigurationSets;
import io.waypost.outbound.port.Suppressed;
import io.waypost.outbound.port.SuppressionList;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a mail that an application sent is told, and its lesson learnt: an address that bounced for good or complained gets no
 * more mail, where the account or the configuration set wants it so. Safe for all threads; blocks.
 */
public final class Aftermath {

    private final MailEvents events;
    private final SuppressionList suppression;
    private final ConfigurationSets sets;

    public Aftermath(MailEvents events, SuppressionList suppression, ConfigurationSets sets) {
        this.events = events;
        this.suppression = suppression;
        this.sets = sets;
    }

    /** Tells what needs no lesson. */
    void tell(MailEvent event) throws IOException {
        events.tell(event);
    }

    /** Lists the addresses first: whoever hears of the bounce may look. */
    public void bounced(MailEvent.Bounced bounce) throws IOException {
        if (isLesson(bounce.kind())) {
            learn(
                    bounce.mail(),
                    bounce.recipients().stream()
                            .map(MailEvent.BouncedRecipient::address)
                            .toList(),
                    Suppressed.BOUNCE);
        }
        events.tell(bounce);
    }

    /** A report that it is no spam is told as well, and nobody is listed for it. */
    public void complained(MailEvent.Complained complaint) throws IOException {
        if (!complaint.suppressed()
                && complaint.feedbackType().filter("not-spam"::equals).isEmpty()) {
            learn(complaint.mail(), complaint.recipients(), Suppressed.COMPLAINT);
        }
        events.tell(complaint);
    }

    public void delayed(MailEvent.Delayed delay) throws IOException {
        events.tell(delay);
    }

    // What was suppressed is listed already; a full mailbox may be emptied.
    private static boolean isLesson(BounceKind kind) {
        return kind == BounceKind.PERMANENT_GENERAL || kind == BounceKind.PERMANENT_NO_EMAIL;
    }

    private void learn(Mail mail, List<EmailAddress> addresses, Suppressed reason) throws IOException {
        if (!reasons(mail).contains(reason)) {
            return;
        }
        for (EmailAddress address : addresses) {
            if (!Simulator.has(address)) {
                suppression.add(sending(mail).scope(), address, reason, mail);
            }
        }
    }

    /** Why this recipient must get no mail now, if he must not. */
    Optional<Suppressed> suppressed(Mail mail, EmailAddress recipient) throws IOException {
        Optional<Suppressed> listed = suppression.find(sending(mail).scope(), recipient);
        return listed.isPresent() && reasons(mail).contains(listed.get()) ? listed : Optional.empty();
    }

    // The configuration set as it is now, not as it was at acceptance: it may have been told to be careful meanwhile.
    private Set<Suppressed> reasons(Mail mail) throws IOException {
        Sending sending = sending(mail);
        Optional<ConfigurationSet> set = sending.configurationSet().isPresent()
                ? sets.find(sending.scope(), sending.configurationSet().get())
                : Optional.empty();
        Optional<Set<Suppressed>> own = set.flatMap(ConfigurationSet::suppressedReasons);
        return own.isPresent() ? own.get() : suppression.reasons(sending.scope());
    }

    private static Sending sending(Mail mail) {
        return mail.sending().orElseThrow(() -> new IllegalArgumentException("no application sent " + mail.id()));
    }
}
