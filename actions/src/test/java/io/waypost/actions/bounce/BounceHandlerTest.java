package io.waypost.actions.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waypost.actions.fields.Effects;
import io.waypost.actions.fields.Read;
import io.waypost.actions.fields.RecordingNotices;
import io.waypost.actions.fields.RecordingSubmission;
import io.waypost.message.EmailAddress;
import io.waypost.message.Outcome;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.message.port.StoreUnavailableException;
import io.waypost.rules.Action;
import io.waypost.rules.Effect;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BounceHandlerTest {

    private static final String TEXT = "Subject: Printer on fire\r\n\r\nIt burns.\r\n";

    private final RecordingSubmission submission = new RecordingSubmission();
    private final RecordingNotices notices = new RecordingNotices();
    private final BounceHandler handler = new BounceHandler(
            new FailureNotices("mx.example.com", submission, Clock.fixed(Effects.NOW, ZoneOffset.UTC)), notices);
    private final BounceAction full = new BounceAction(
            Reply.of(552, "5.2.2", "Mailbox full"),
            Optional.of(EmailAddress.of("postmaster@example.com")),
            Optional.empty());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                            | 550 5.1.1 Mailbox does not exist",
                "null                                          | 550 5.1.1 Mailbox does not exist",
                "{ code: 552 }                                 | 552 5.2.2 Mailbox full",
                "{ status: 5.3.4 }                             | 552 5.3.4 Message too large",
                "{ code: 500 }                                 | 500 5.6.1 Message content rejected",
                "{ code: 450, message: Come back }             | 450 4.0.0 Come back",
                "{ status: 4.2.2 }                             | 450 4.2.2 Temporary failure",
                "{ code: 571 }                                 | 571 5.0.0 Unknown failure",
                "{ code: 550, status: 5.7.1, message: 'No: x' } | 550 5.7.1 No: x"
            })
    void whatIsNotWrittenComesFromTheUsualTriples(String text, String reply) {
        Read<BounceAction> read = Read.by(handler, text);

        assertThat(read.problems()).isEmpty();
        assertThat(read.action().orElseThrow().reply()).hasToString(reply);
        assertThat(read.action().orElseThrow().flow())
                .isEqualTo(new Action.Flow.Refuses(read.action().orElseThrow().reply(), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ code: 250 }                  | r.yaml:1: 'code': '250' is not a whole number",
                "{ status: 2.0.0 }              | r.yaml:1: 'status': '2.0.0' means success; a refusal begins with 4 or 5",
                "{ status: x }                  | r.yaml:1: 'status': not an enhanced status code like 5.7.1: x",
                "{ code: 550, status: 4.2.2 }   | r.yaml:1: code 550 and status 4.2.2 contradict each other; both must begin with the same digit",
                "{ message: \"a\\r\\nb\" }      | r.yaml:1: 'message': must be one line of 1 to 400 printable ASCII characters",
                "{ message: 'grün' }            | r.yaml:1: 'message': must be one line of 1 to 400 printable ASCII characters",
                "{ sender: 'A <a@b>' }          | r.yaml:1: 'sender': 'A <a@b>' is not an address; write user@domain, nothing around it",
                "{ topic: inbond }              | r.yaml:1: 'topic': there is no topic 'inbond' in the server's file; did you mean 'inbound'?",
                "{ cod: 550 }                   | r.yaml:1: unknown key 'cod'",
                "later                          | r.yaml:1: a mapping"
            })
    void brokenTextIsReported(String text, String problem) {
        Read<BounceAction> read = Read.by(handler, text);

        assertThat(read.problems()).startsWith(problem);
        assertThat(read.action()).isEmpty();
    }

    @Test
    void theSenderGetsANoticeAboutTheMatchedRecipients() throws Exception {
        Effect effect =
                Effects.of(full, "alice@sender.example", TEXT, 2, "a@example.com", "b@example.com", "c@example.com");

        Outcome outcome = handler.perform(full, effect);

        assertThat(notices.told).isEmpty();
        assertThat(submission.submitted).hasSize(1);
        RecordingSubmission.Submitted notice = submission.submitted.getFirst();
        assertThat(outcome).isEqualTo(Outcome.done("5.2.2 bounced; notice " + notice.id()));
        assertThat(notice.from()).isEqualTo(ReversePath.NULL);
        assertThat(notice.to()).containsExactly(EmailAddress.of("alice@sender.example"));
        assertThat(notice.repeatKey()).contains(effect.key().toString());
        assertThat(notice.content())
                .contains(
                        "<postmaster@example.com>",
                        "Final-Recipient: rfc822; a@example.com\r\n",
                        "Final-Recipient: rfc822; b@example.com\r\n",
                        "Status: 5.2.2\r\n",
                        "Diagnostic-Code: smtp; 552 5.2.2 Mailbox full\r\n",
                        "Subject: Printer on fire\r\n")
                .doesNotContain("c@example.com", "It burns.");
    }

    @Test
    void withATopicTheMailIsAcceptedSoThatItCanBeTold() {
        BounceAction telling = Read.by(handler, "{ topic: inbound }").action().orElseThrow();

        assertThat(telling.flow()).isEqualTo(Action.Flow.ORDINARY);
        assertThat(telling.destination()).isEqualTo("topic:inbound");
        assertThat(full.destination()).isEmpty();
    }

    @Test
    void theTopicIsToldOnceTheSenderWas() throws Exception {
        BounceAction telling = new BounceAction(full.reply(), full.sender(), Optional.of("inbound"));
        Effect effect = Effects.of(telling, "alice@sender.example", TEXT, 1, "a@example.com");

        Outcome outcome = handler.perform(telling, effect);

        assertThat(outcome.detail()).endsWith("; told inbound");
        assertThat(notices.told)
                .containsExactly("inbound {type=Bounce, smtpReplyCode=552, statusCode=5.2.2, message=Mailbox full, "
                        + "sender=postmaster@example.com} " + effect.key());
    }

    @Test
    void theTopicHearsOfTheUsualSender() throws Exception {
        BounceAction telling = new BounceAction(full.reply(), Optional.empty(), Optional.of("inbound"));

        handler.perform(telling, Effects.of(telling, "", TEXT, 1, "a@example.com"));

        assertThat(notices.told.getFirst()).contains("sender=mailer-daemon@mx.example.com}");
    }

    @Test
    void aTopicThatIsDownIsToldLaterAndTheSenderNotAgain() throws Exception {
        BounceAction telling = new BounceAction(full.reply(), full.sender(), Optional.of("inbound"));
        Effect effect = Effects.of(telling, "alice@sender.example", TEXT, 1, "a@example.com");
        notices.answer = Outcome.retry("503");

        assertThat(handler.perform(telling, effect)).isInstanceOf(Outcome.Retry.class);
        notices.answer = Outcome.done("told inbound");
        assertThat(handler.perform(telling, effect)).isInstanceOf(Outcome.Done.class);
        assertThat(submission.submitted).hasSize(1);
    }

    @Test
    void aRepeatSendsNothingAgain() throws Exception {
        Effect effect = Effects.of(full, "alice@sender.example", TEXT, 1, "a@example.com");

        assertThat(handler.perform(full, effect)).isEqualTo(handler.perform(full, effect));
        assertThat(submission.submitted).hasSize(1);
    }

    @Test
    void theNullReturnPathIsNotAnswered() throws Exception {
        assertThat(handler.perform(full, Effects.of(full, "", TEXT, 1, "a@example.com")))
                .isEqualTo(Outcome.done("5.2.2 bounced; no notice: null return path"));
        assertThat(submission.submitted).isEmpty();
    }

    @Test
    void withoutRoomForTheNoticeItIsNotDone() {
        submission.full = true;

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() ->
                        handler.perform(full, Effects.of(full, "alice@sender.example", TEXT, 1, "a@example.com")));
    }
}
