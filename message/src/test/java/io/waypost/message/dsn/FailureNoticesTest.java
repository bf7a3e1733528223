package io.waypost.message.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Recipient;
import io.waypost.message.Recipient.Notify;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Submission;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailureNoticesTest {

    private record Submitted(
            ReversePath from, List<EmailAddress> to, MessageContent content, Optional<String> repeatKey) {}

    private final List<Submitted> submitted = new ArrayList<>();
    private final Submission submission = (from, to, content, key) -> {
        submitted.add(new Submitted(from, to, content, key));
        return Originals.ID;
    };
    private final FailureNotices notices =
            new FailureNotices("mx.example.com", submission, Clock.fixed(Originals.NOW, ZoneOffset.UTC));

    private FailureNotices.Result send(Mail mail, Optional<EmailAddress> author) throws IOException {
        List<FailedRecipient> failed = mail.envelope().addresses().stream()
                .map(address -> FailedRecipient.refused(mail, address, Reply.of(550, "5.7.1", "Virus found")))
                .toList();
        return notices.send(mail, Originals.content(Originals.TEXT), failed, author, "key/1");
    }

    @Test
    void theSenderGetsANoticeFromTheNullPath() throws IOException {
        FailureNotices.Result told = send(Originals.from("alice@sender.example", "bob@example.com"), Optional.empty());

        assertThat(told).isEqualTo(new FailureNotices.Result.Sent(Originals.ID));
        assertThat(told).hasToString("notice " + new MessageId("0".repeat(40)));
        assertThat(submitted).hasSize(1);
        assertThat(submitted.getFirst().from()).isEqualTo(ReversePath.NULL);
        assertThat(submitted.getFirst().to()).containsExactly(EmailAddress.of("alice@sender.example"));
        assertThat(submitted.getFirst().repeatKey()).contains("key/1");
        assertThat(ParsedNotice.of(submitted.getFirst().content())
                        .message()
                        .getFrom()
                        .getFirst()
                        .getAddress())
                .isEqualTo("mailer-daemon@mx.example.com");
    }

    @Test
    void theAuthorCanBeNamed() throws IOException {
        send(
                Originals.from("alice@sender.example", "bob@example.com"),
                Optional.of(EmailAddress.of("postmaster@example.com")));

        assertThat(ParsedNotice.of(submitted.getFirst().content())
                        .message()
                        .getFrom()
                        .getFirst()
                        .getAddress())
                .isEqualTo("postmaster@example.com");
    }

    @Test
    void aNoticeIsNeverAnswered() throws IOException {
        assertThat(send(Originals.from("", "bob@example.com"), Optional.empty()))
                .isEqualTo(new FailureNotices.Result.NullReversePath());
        assertThat(submitted).isEmpty();
    }

    @Test
    void whoHasProbablySentNothingIsNotTold() throws IOException {
        Mail mail = Originals.from("alice@sender.example", "bob@example.com");
        for (Verdicts.Check check : Verdicts.Check.values()) {
            for (Verdict.Status status : Verdict.Status.values()) {
                submitted.clear();
                FailureNotices.Result result = send(withVerdict(mail, check, status), Optional.empty());
                boolean speaksAgainst =
                        status == Verdict.Status.FAIL && check != Verdicts.Check.DKIM && check != Verdicts.Check.ARC;
                assertThat(submitted).as(check + " " + status).hasSize(speaksAgainst ? 0 : 1);
                if (speaksAgainst) {
                    assertThat(result)
                            .hasToString("no notice: the return path is not believable ("
                                    + check.name().toLowerCase(Locale.ROOT) + " FAIL)");
                }
            }
        }
    }

    private static Mail withVerdict(Mail mail, Verdicts.Check check, Verdict.Status status) {
        Verdict none = Verdict.disabled();
        Verdict found = new Verdict(status, "x", "", Duration.ZERO);
        Verdicts verdicts = new Verdicts(
                check == Verdicts.Check.SPF ? found : none,
                new Verdicts.Dkim(check == Verdicts.Check.DKIM ? found : none, List.of()),
                new Verdicts.Dmarc(check == Verdicts.Check.DMARC ? found : none, Optional.empty()),
                check == Verdicts.Check.ARC ? found : none,
                new Verdicts.Spam(check == Verdicts.Check.SPAM ? found : none, OptionalDouble.empty(), List.of()),
                check == Verdicts.Check.VIRUS ? found : none,
                Verdicts.NONE.client());
        return new Mail(mail.id(), mail.line(), mail.acceptedAt(), mail.envelope(), mail.size(), mail.plan(), verdicts);
    }

    @Test
    void whoAskedForSilenceIsNotTold() throws IOException {
        Recipient never = new Recipient(EmailAddress.of("bob@example.com"), Set.of(Notify.NEVER), Optional.empty());
        Recipient success = new Recipient(EmailAddress.of("eve@example.com"), Set.of(Notify.SUCCESS), Optional.empty());
        Recipient failure = new Recipient(EmailAddress.of("dan@example.com"), Set.of(Notify.FAILURE), Optional.empty());
        ReversePath alice = ReversePath.parse("alice@sender.example");

        assertThat(send(Originals.mail(alice, Optional.empty(), Optional.empty(), never, success), Optional.empty()))
                .isEqualTo(new FailureNotices.Result.NotWanted());
        assertThat(submitted).isEmpty();

        send(Originals.mail(alice, Optional.empty(), Optional.empty(), never, success, failure), Optional.empty());
        assertThat(ParsedNotice.of(submitted.getFirst().content()).status().get(1))
                .startsWith("Final-Recipient: rfc822; dan@example.com");
        assertThat(ParsedNotice.of(submitted.getFirst().content()).status()).hasSize(2);
    }
}
