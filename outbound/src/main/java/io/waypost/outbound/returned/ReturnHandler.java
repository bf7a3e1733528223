package io.waypost.outbound.returned;

import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.Outcome;
import io.waypost.message.Plan;
import io.waypost.message.port.Ledger;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvent.BounceKind;
import io.waypost.message.sending.MailEvent.BouncedRecipient;
import io.waypost.outbound.feedback.Classification;
import io.waypost.outbound.feedback.Feedback;
import io.waypost.outbound.feedback.FeedbackReader;
import io.waypost.outbound.sending.Aftermath;
import io.waypost.outbound.sending.SignedReturnPaths;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads what came back to a signed return path, and tells it of the mail and the recipient that the path names. Whom the message itself
 * names is a stranger's claim, and is not believed.
 */
public final class ReturnHandler implements ActionHandler<ReturnAction> {

    private final SignedReturnPaths paths;
    private final Ledger ledger;
    private final Aftermath aftermath;
    private final Unsubscribing unsubscribing;
    private final FeedbackReader reader = new FeedbackReader();
    private final Duration giveUpAfter;

    /**
     * @param ledger knows the mail for as long as its history is kept
     * @param giveUpAfter when others are thought to give up what they only delay
     */
    public ReturnHandler(
            SignedReturnPaths paths,
            Ledger ledger,
            Aftermath aftermath,
            Unsubscribing unsubscribing,
            Duration giveUpAfter) {
        this.paths = paths;
        this.ledger = ledger;
        this.aftermath = aftermath;
        this.unsubscribing = unsubscribing;
        this.giveUpAfter = giveUpAfter;
    }

    @Override
    public String type() {
        return ReturnAction.TYPE;
    }

    @Override
    public Class<ReturnAction> actionClass() {
        return ReturnAction.class;
    }

    @Override
    public Optional<ReturnAction> read(Node node, Problems problems) {
        problems.add(node.place(), "'returned' is not an action for rule files");
        return Optional.empty();
    }

    @Override
    public Outcome perform(ReturnAction action, Effect effect) throws IOException {
        Optional<SignedReturnPaths.Named> named =
                paths.read(effect.run().recipients().getFirst());
        if (named.isEmpty()) {
            return Outcome.done("not read: the key of return paths has changed since it was accepted");
        }
        Optional<Mail> sent = ledger.story(named.get().mail())
                .map(Ledger.Story::mail)
                .filter(mail -> mail.sending().isPresent());
        if (sent.isEmpty()) {
            return Outcome.done("the history of " + named.get().mail() + " is over");
        }
        if (named.get().unsubscribes()) {
            return Outcome.done(unsubscribing.end(effect, sent.get()));
        }
        Optional<EmailAddress> recipient = recipient(sent.get(), named.get().run());
        return recipient.isEmpty()
                ? Outcome.done(named.get().mail() + " has no such recipient")
                : Outcome.done(told(effect, sent.get(), recipient.get()));
    }

    private static Optional<EmailAddress> recipient(Mail mail, int run) {
        List<Plan.PlannedRun> runs = mail.plan().runs();
        return run < runs.size() ? runs.get(run).recipients().stream().findFirst() : Optional.empty();
    }

    private String told(Effect effect, Mail mail, EmailAddress recipient) throws IOException {
        String key = effect.key().toString();
        Instant at = effect.mail().acceptedAt();
        String about = " for " + recipient + " of " + mail.id();
        switch (reader.read(effect.content())) {
            case Feedback.Bounce bounce -> {
                aftermath.bounced(new MailEvent.Bounced(
                        key,
                        mail,
                        at,
                        bounce.kind(),
                        List.of(reported(bounce.recipients(), recipient)),
                        bounce.reportingMta(),
                        Optional.empty()));
                return bounce.kind().type() + "/" + bounce.kind().subType() + " bounce" + about;
            }
            case Feedback.Delay delay -> {
                aftermath.delayed(new MailEvent.Delayed(
                        key,
                        mail,
                        at,
                        delay.recipients().stream()
                                .findFirst()
                                .map(first -> Classification.delay(first.said()))
                                .orElse(MailEvent.DelayKind.UNDETERMINED),
                        at.plus(giveUpAfter),
                        List.of(reported(delay.recipients(), recipient)),
                        delay.reportingMta()));
                return "delay" + about;
            }
            case Feedback.Complaint complaint -> {
                aftermath.complained(new MailEvent.Complained(
                        key,
                        mail,
                        at,
                        List.of(recipient),
                        false,
                        complaint.userAgent(),
                        Optional.of(complaint.feedbackType()),
                        complaint.arrivalDate()));
                return "complaint (" + complaint.feedbackType() + ")" + about;
            }
            case Feedback.AutoReply reply -> {
                aftermath.bounced(new MailEvent.Bounced(
                        key,
                        mail,
                        at,
                        BounceKind.TRANSIENT_GENERAL,
                        List.of(nothingSaid(recipient)),
                        Optional.empty(),
                        Optional.empty()));
                return "automatic reply" + about;
            }
            case Feedback.Nothing nothing -> {
                return "neither notice nor complaint nor automatic reply" + about;
            }
        }
    }

    private static BouncedRecipient reported(List<Feedback.Reported> reported, EmailAddress recipient) {
        return reported.stream()
                .findFirst()
                .map(first -> first.told(recipient))
                .orElseGet(() -> nothingSaid(recipient));
    }

    private static BouncedRecipient nothingSaid(EmailAddress recipient) {
        return new BouncedRecipient(recipient, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
