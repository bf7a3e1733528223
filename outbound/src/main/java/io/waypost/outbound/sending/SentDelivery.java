package io.waypost.outbound.sending;

import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.EffectKey;
import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.Outcome;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvent.BounceKind;
import io.waypost.message.sending.MailEvent.BouncedRecipient;
import io.waypost.message.sending.SendRequest;
import io.waypost.message.sending.Sending;
import io.waypost.outbound.DeliverAction;
import io.waypost.outbound.OutboundRules;
import io.waypost.outbound.Simulator;
import io.waypost.outbound.content.ContentCheck;
import io.waypost.outbound.port.ContactLists;
import io.waypost.outbound.port.Suppressed;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Delivery of mail that applications sent: nobody gets what must not be sent, whoever is suppressed gets none, and the simulator's addresses are answered without any
 * network. Everything else, and every other mail, is delivered as usual.
 */
public final class SentDelivery implements ActionHandler<DeliverAction> {

    private static final String SUPPRESSED =
            "smtp; 550 5.1.1 Amazon SES did not send the message to this address because"
                    + " it is on the suppression list for your account.";

    /** The only reason that SES has (contract 3.2). */
    private static final String BAD_CONTENT = "Bad content";

    private static final String UNSUBSCRIBED =
            "smtp; 550 5.7.1 The message was not sent to this address because it has unsubscribed from the list.";

    private final ActionHandler<DeliverAction> delivery;
    private final Aftermath aftermath;
    private final ContactLists contacts;
    private final ContentCheck content;
    private final String hostname;
    private final Clock clock;

    public SentDelivery(
            ActionHandler<DeliverAction> delivery,
            Aftermath aftermath,
            ContactLists contacts,
            ContentCheck content,
            String hostname,
            Clock clock) {
        this.delivery = delivery;
        this.aftermath = aftermath;
        this.contacts = contacts;
        this.content = content;
        this.hostname = hostname;
        this.clock = clock;
    }

    @Override
    public String type() {
        return delivery.type();
    }

    @Override
    public Class<DeliverAction> actionClass() {
        return delivery.actionClass();
    }

    @Override
    public Optional<DeliverAction> read(Node node, Problems problems) {
        return delivery.read(node, problems);
    }

    @Override
    public int concurrency(DeliverAction action) {
        return delivery.concurrency(action);
    }

    @Override
    public Optional<Instant> end(DeliverAction action, Effect effect) {
        return delivery.end(action, effect);
    }

    @Override
    public Optional<Outcome> givingUp(DeliverAction action, Effect effect, String reason) throws Exception {
        return delivery.givingUp(action, effect, reason);
    }

    @Override
    public Outcome perform(DeliverAction action, Effect effect) throws Exception {
        Mail mail = effect.mail();
        if (mail.sending().isEmpty()) {
            return delivery.perform(action, effect);
        }
        Optional<String> bad;
        try {
            bad = content.found(mail, effect.content());
        } catch (IOException e) {
            return Outcome.retry("it cannot be looked at: " + e.getMessage());
        }
        if (bad.isPresent()) {
            return rejected(effect, bad.get());
        }
        EmailAddress recipient = effect.run().recipients().getFirst();
        Optional<Simulator.Effect> simulated = Simulator.at(recipient);
        if (simulated.isPresent()) {
            return simulate(effect, recipient, simulated.get());
        }
        Optional<Suppressed> suppressed = aftermath.suppressed(mail, recipient);
        if (suppressed.isPresent()) {
            return leftOut(effect, recipient, suppressed.get());
        }
        return wantsIt(mail.sending().get(), recipient)
                ? delivery.perform(action, effect)
                : unsubscribed(effect, recipient);
    }

    // The whole mail is rejected: it is told once, by the run of the first recipient. That one may have been delivered
    // before a scanner
    // knew better, so whoever was tried before tells it, too, under the same key.
    private Outcome rejected(Effect effect, String why) throws IOException {
        if (OutboundRules.run(effect.run()) == 0 || effect.attempt() > 1) {
            aftermath.tell(new MailEvent.Rejected(rejection(effect), effect.mail(), clock.instant(), BAD_CONTENT));
        }
        return Outcome.done("not sent, " + BAD_CONTENT + ": " + why);
    }

    private static String rejection(Effect effect) {
        EffectKey key = effect.key();
        String first = effect.mail().plan().runs().getFirst().rule();
        return new EffectKey(key.message(), key.ruleSet(), first, key.action()) + "/rejected";
    }

    // Whoever has unsubscribed since it was accepted gets it no more. A list that was removed meanwhile holds nobody
    // back.
    private boolean wantsIt(Sending sending, EmailAddress recipient) throws IOException {
        Optional<SendRequest.ListManagement> list = sending.list();
        return list.isEmpty()
                || !contacts.exists(
                        sending.scope(), list.get().contactList(), list.get().topic())
                || contacts.isSubscribed(
                        sending.scope(), list.get().contactList(), list.get().topic(), recipient);
    }

    private Outcome unsubscribed(Effect effect, EmailAddress recipient) throws IOException {
        bounce(effect, recipient, BounceKind.PERMANENT_SUPPRESSED, "5.7.1", UNSUBSCRIBED);
        return Outcome.done("not sent: " + recipient + " has unsubscribed");
    }

    private Outcome leftOut(Effect effect, EmailAddress recipient, Suppressed reason) throws IOException {
        bounce(effect, recipient, BounceKind.PERMANENT_ON_ACCOUNT_SUPPRESSION_LIST, "5.1.1", SUPPRESSED);
        return Outcome.done("not sent: " + recipient + " is on the suppression list for a "
                + (reason == Suppressed.BOUNCE ? "bounce" : "complaint"));
    }

    private Outcome simulate(Effect effect, EmailAddress recipient, Simulator.Effect what) throws IOException {
        switch (what) {
            case Simulator.Effect.Delivered(String reply) -> deliver(effect, recipient, reply);
            case Simulator.Effect.Bounced bounced ->
                bounce(effect, recipient, bounced.kind(), bounced.status().toString(), bounced.diagnosticCode());
            case Simulator.Effect.Complained complained -> {
                deliver(effect, recipient, complained.smtpResponse());
                aftermath.complained(new MailEvent.Complained(
                        effect.key() + "/complaint",
                        effect.mail(),
                        clock.instant(),
                        List.of(recipient),
                        false,
                        Optional.of(complained.userAgent()),
                        Optional.of(complained.feedbackType()),
                        Optional.of(clock.instant())));
            }
            case Simulator.Effect.AutoReplied replied -> {
                deliver(effect, recipient, replied.smtpResponse());
                aftermath.bounced(new MailEvent.Bounced(
                        effect.key() + "/reply",
                        effect.mail(),
                        clock.instant(),
                        BounceKind.TRANSIENT_GENERAL,
                        List.of(new BouncedRecipient(recipient, Optional.empty(), Optional.empty(), Optional.empty())),
                        Optional.empty(),
                        Optional.empty()));
            }
        }
        return Outcome.done("the simulator: " + what.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
    }

    private void deliver(Effect effect, EmailAddress recipient, String reply) throws IOException {
        Instant now = clock.instant();
        aftermath.tell(new MailEvent.Delivered(
                effect.key().toString(),
                effect.mail(),
                now,
                Duration.between(effect.mail().acceptedAt(), now),
                List.of(recipient),
                reply,
                hostname,
                Optional.empty(),
                Optional.empty()));
    }

    private void bounce(Effect effect, EmailAddress recipient, BounceKind kind, String status, String diagnostic)
            throws IOException {
        aftermath.bounced(new MailEvent.Bounced(
                effect.key().toString(),
                effect.mail(),
                clock.instant(),
                kind,
                List.of(new BouncedRecipient(
                        recipient, Optional.of("failed"), Optional.of(status), Optional.of(diagnostic))),
                Optional.of("dns; " + hostname),
                Optional.empty()));
    }
}
