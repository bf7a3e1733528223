package io.waypost.message.dsn;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Submission;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells senders that a mail failed, where they may be told: never a null reverse-path (RFC 5321 4.5.5), never somebody who asked
 * for silence (RFC 3461 4.1), never somebody whose address a stranger has probably written there. Shared by all threads; blocks until the notice is durable.
 */
public final class FailureNotices {

    /** Spam and viruses lie about where they come from. */
    private static final List<Verdicts.Check> TELLING =
            List.of(Verdicts.Check.SPF, Verdicts.Check.DMARC, Verdicts.Check.VIRUS, Verdicts.Check.SPAM);

    private final String hostname;
    private final Submission submission;
    private final Clock clock;

    /**
     * @param hostname this server's name: the reporting MTA, and the domain of {@code mailer-daemon@}
     * @param submission where notices go
     * @param clock dates the notices
     */
    public FailureNotices(String hostname, Submission submission, Clock clock) {
        this.hostname = hostname;
        this.submission = submission;
        this.clock = clock;
    }

    /** What became of the wish to tell somebody. */
    public sealed interface Result {

        /** The notice is accepted for sending under this id. */
        record Sent(MessageId notice) implements Result {
            @Override
            public String toString() {
                return "notice " + notice;
            }
        }

        /** The mail is itself a notice. */
        record NullReversePath() implements Result {
            @Override
            public String toString() {
                return "no notice: null return path";
            }
        }

        /** What the checks found speaks against the return path: whoever stands there has sent nothing. */
        record NotBelievable(Verdicts.Check check) implements Result {
            @Override
            public String toString() {
                return "no notice: the return path is not believable ("
                        + check.name().toLowerCase(Locale.ROOT) + " FAIL)";
            }
        }

        /** The sender asked not to be told about these recipients (NOTIFY). */
        record NotWanted() implements Result {
            @Override
            public String toString() {
                return "no notice: the sender asked for none";
            }
        }
    }

    /** Who notices are from where nothing else is said: {@code mailer-daemon} at this host. */
    public EmailAddress author() {
        return new EmailAddress("mailer-daemon", new Domain(hostname));
    }

    /**
     * Sends one notice that these recipients were turned away with this reply, as {@link #send} does.
     *
     * @throws IOException when nothing was accepted; the caller tries again later
     */
    public Result refused(
            Mail mail,
            MessageContent content,
            List<EmailAddress> recipients,
            Reply reply,
            Optional<EmailAddress> author,
            String repeatKey)
            throws IOException {
        List<FailedRecipient> failed = recipients.stream()
                .map(address -> FailedRecipient.refused(mail, address, reply))
                .toList();
        return send(mail, content, failed, author, repeatKey);
    }

    /**
     * Sends one notice about all of these recipients whose sender may be told.
     *
     * @param author the From address; {@link #author} when empty
     * @param repeatKey names the notice: a second call with the same key, after a crash, sends nothing again
     * @throws IOException when nothing was accepted; the caller tries again later
     */
    public Result send(
            Mail mail,
            MessageContent content,
            List<FailedRecipient> recipients,
            Optional<EmailAddress> author,
            String repeatKey)
            throws IOException {
        return send(mail, content, recipients, author, repeatKey, NoticeExtras.NONE);
    }

    /** The same with what an application says in the notice. */
    public Result send(
            Mail mail,
            MessageContent content,
            List<FailedRecipient> recipients,
            Optional<EmailAddress> author,
            String repeatKey,
            NoticeExtras extras)
            throws IOException {
        if (!(mail.envelope().from() instanceof ReversePath.Of sender)) {
            return new Result.NullReversePath();
        }
        for (Verdicts.Check check : TELLING) {
            if (mail.verdicts().of(check).status() == Verdict.Status.FAIL) {
                return new Result.NotBelievable(check);
            }
        }
        List<FailedRecipient> told = recipients.stream()
                .filter(failed -> failed.recipient().wantsFailureNotice())
                .toList();
        if (told.isEmpty()) {
            return new Result.NotWanted();
        }
        EmailAddress from = author.orElseGet(this::author);
        MessageContent notice = new DeliveryStatusNotice(
                        hostname, from, mail, content, told, repeatKey, clock.instant(), extras)
                .compose();
        return new Result.Sent(
                submission.submit(ReversePath.NULL, List.of(sender.address()), notice, Optional.of(repeatKey)));
    }
}
