package io.waypost.actions.mailet;

import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Disposition;
import io.waypost.message.Outcome;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Submission;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.AddressException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders.Header;

/**
 * Reads and carries out {@code mailet: {class, parameters}}. A mailet is begun when a rule that names it is read, so that a wrong
 * parameter is found by a check and not by a mail.
 */
public final class MailetHandler implements ActionHandler<MailetAction>, AutoCloseable {

    static {
        MailHandlers.install();
    }

    private final MailetSettings settings;
    private final Submission submission;
    private final Mailets mailets;
    private final Session session = Session.getInstance(new Properties());

    /**
     * @param submission takes what mailets send
     * @param classes finds mailets, also those in jars of the operator's own
     */
    public MailetHandler(MailetSettings settings, Submission submission, ClassLoader classes) {
        this.settings = settings;
        this.submission = submission;
        this.mailets = new Mailets(classes, new ServerContext(settings));
    }

    @Override
    public String type() {
        return MailetAction.TYPE;
    }

    @Override
    public Class<MailetAction> actionClass() {
        return MailetAction.class;
    }

    @Override
    public Optional<MailetAction> read(Node node, Problems problems) {
        int before = problems.all().size();
        Fields fields = node.fields(problems);
        String name = fields.required("class");
        Map<String, String> parameters = new LinkedHashMap<>();
        fields.fields("parameters").all().forEach((key, value) -> value.text(problems)
                .ifPresent(text -> parameters.put(key, text)));
        fields.finish();
        if (problems.all().size() > before) {
            return Optional.empty();
        }
        MailetAction action = new MailetAction(Mailets.className(name), parameters);
        try {
            mailets.begin(action);
        } catch (IllegalArgumentException e) {
            problems.add(fields.placeOf("class"), "'class': " + e.getMessage());
            return Optional.empty();
        }
        return Optional.of(action);
    }

    @Override
    public Outcome perform(MailetAction action, Effect effect) throws Exception {
        try (MessageSource source = new MessageSource(effect.content(), settings.temporaryFolder())) {
            RuleMail mail;
            try {
                mail = new RuleMail(effect, source, session, settings.hostname());
            } catch (AddressException e) {
                return Outcome.failed("mailets cannot handle an address of this envelope: " + e.getMessage());
            }
            Set<MailAddress> recipients = Set.copyOf(mail.getRecipients());
            try {
                ScopedValue.where(Serving.CURRENT, new Serving(effect, submission))
                        .<Void, MessagingException>call(() -> {
                            mailets.service(action, mail);
                            return null;
                        });
                return outcome(action, effect, mail, recipients);
            } catch (MessagingException e) {
                return Outcome.retry(action.shortName() + ": " + e.getMessage());
            }
        }
    }

    private static Outcome outcome(MailetAction action, Effect effect, RuleMail mail, Set<MailAddress> recipients)
            throws MessagingException, IOException {
        String name = action.shortName();
        return switch (mail.getState()) {
            case Mail.GHOST -> new Outcome.Done(Disposition.STOP_RULE, name + " ended the mail for this rule");
            case Mail.ERROR -> Outcome.retry(name + " reports an error: " + mail.getErrorMessage());
            case Mail.DEFAULT -> {
                if (!Set.copyOf(mail.getRecipients()).equals(recipients)) {
                    yield Outcome.failed(name
                            + " changed the recipients; a rule's recipients are the envelope's and stay as they are");
                }
                yield revised(name, effect, mail);
            }
            default ->
                Outcome.failed(name + " asks for the processor '" + mail.getState() + "'; rules decide what follows");
        };
    }

    private static Outcome revised(String name, Effect effect, RuleMail mail) throws MessagingException, IOException {
        Collection<Header> personal = List.copyOf(
                mail.getPerRecipientSpecificHeaders().getHeadersByRecipient().values());
        if (!personal.isEmpty() && mail.getRecipients().size() > 1) {
            return Outcome.failed(name + " sets headers for single recipients; a rule has one message for all");
        }
        for (Header header : personal) {
            mail.getMessage().addHeader(header.getName(), header.getValue());
        }
        Optional<MimeMessage> message = mail.touchedMessage();
        if (message.isEmpty()) {
            return Outcome.done(name + " left the message as it was");
        }
        if (message.get() instanceof TrackedMessage tracked) {
            tracked.finish();
            if (!tracked.changed()) {
                return Outcome.done(name + " left the message as it was");
            }
        }
        Draft draft = Drafts.of(message.get(), effect);
        effect.revisions().replaceWith(draft);
        return Outcome.done(name + " changed the message, now " + draft.size() + " bytes");
    }

    /**
     * Ends the mailets that none of these actions names. Called with all actions of the active rule sets after a swap; a mail that was
     * accepted under an older version begins its mailet again.
     */
    public void retain(Collection<MailetAction> actions) {
        mailets.retain(actions);
    }

    @Override
    public void close() {
        mailets.close();
    }
}
