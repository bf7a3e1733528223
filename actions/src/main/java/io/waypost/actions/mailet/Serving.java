package io.waypost.actions.mailet;

import io.waypost.message.EmailAddress;
import io.waypost.message.ReversePath;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Submission;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.jspecify.annotations.Nullable;

/**
 * The effect that a mailet is at work for on this thread: what it sends is named by it, so that an attempt that is repeated sends nothing
 * twice.
 */
final class Serving {

    static final ScopedValue<Serving> CURRENT = ScopedValue.newInstance();

    // A mailet that answers each mail with very many is a mail bomb.
    private static final int SENDING_LIMIT = 100;

    private final Effect effect;
    private final Submission submission;
    private int sent;

    Serving(Effect effect, Submission submission) {
        this.effect = effect;
        this.submission = submission;
    }

    void send(@Nullable MailAddress from, Collection<MailAddress> to, MimeMessage message) throws MessagingException {
        if (++sent > SENDING_LIMIT) {
            throw new MessagingException("a mailet sends at most " + SENDING_LIMIT + " mails for one");
        }
        List<EmailAddress> recipients = new ArrayList<>();
        for (MailAddress address : to) {
            recipients.add(EmailAddress.of(address.asString()));
        }
        if (recipients.isEmpty()) {
            throw new MessagingException("a mailet sends a mail to nobody");
        }
        ReversePath path = from == null || from.equals(MailAddress.nullSender())
                ? ReversePath.NULL
                : ReversePath.of(EmailAddress.of(from.asString()));
        try (Draft draft = Drafts.of(message, effect)) {
            submission.submit(path, recipients, draft, Optional.of(effect.key() + "/mail/" + sent));
        } catch (IOException e) {
            throw new MessagingException("the mail was not accepted for sending: " + e.getMessage(), e);
        }
    }
}
