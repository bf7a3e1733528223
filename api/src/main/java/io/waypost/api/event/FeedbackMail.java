package io.waypost.api.event;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.ReversePath;
import io.waypost.message.dsn.FeedbackNotice;
import io.waypost.message.port.Submission;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.Sending;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Forwards bounces and complaints to the sender by mail. Shared by all threads; blocks until the mail is durable. */
public final class FeedbackMail {

    private final String hostname;
    private final Submission submission;

    /** @param hostname this server's name: the reporting MTA, and the domain of {@code mailer-daemon@} */
    public FeedbackMail(String hostname, Submission submission) {
        this.hostname = hostname;
        this.submission = submission;
    }

    /** Nothing happens where nobody gets feedback by mail. */
    void send(MailEvent event) throws IOException {
        Sending sending = EventIds.sending(event);
        Optional<EmailAddress> to = sending.feedbackTo();
        if (to.isEmpty()) {
            return;
        }
        FeedbackNotice notice = new FeedbackNotice(
                hostname,
                new EmailAddress("mailer-daemon", new Domain(hostname)),
                to.get(),
                event,
                EventIds.messageId(event));
        // RFC 3464 2, RFC 3834 3.3: a notice has the null reverse-path, so that nothing answers it.
        var unused = submission.submit(
                ReversePath.NULL, List.of(to.get()), notice.compose(), Optional.of("event/" + event.key() + "/mail"));
    }
}
