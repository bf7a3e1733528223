package io.waypost.actions.reject;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.actions.fields.Effects;
import io.waypost.actions.fields.Read;
import io.waypost.actions.fields.RecordingSubmission;
import io.waypost.message.Outcome;
import io.waypost.message.Reply;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.rules.Action;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectHandlerTest {

    private static final String TEXT = "Subject: x\r\n\r\nbody\r\n";

    private final RecordingSubmission submission = new RecordingSubmission();
    private final RejectHandler handler = new RejectHandler(
            new FailureNotices("mx.example.com", submission, Clock.fixed(Effects.NOW, ZoneOffset.UTC)));
    private final RejectAction virus = new RejectAction(Reply.of(550, "5.7.1", "Virus found"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                       | 550 5.7.1 Message refused",
                "{ code: 550, status: 5.7.1, message: 'Virus found' }     | 550 5.7.1 Virus found",
                "{ code: 552 }                                            | 552 5.2.2 Mailbox full",
                "{ code: 450 }                                            | 450 4.0.0 Temporary failure"
            })
    void aRefusalEndsTheRuleSetForItsRecipients(String text, String reply) {
        Read<RejectAction> read = Read.by(handler, text);

        assertThat(read.problems()).isEmpty();
        assertThat(read.action().orElseThrow().reply()).hasToString(reply);
        assertThat(read.action().orElseThrow().flow())
                .isEqualTo(new Action.Flow.Refuses(read.action().orElseThrow().reply(), true));
    }

    @Test
    void anUnknownKeyIsReported() {
        assertThat(Read.by(handler, "{ sender: a@b.example }").problems()).startsWith("r.yaml:1: unknown key 'sender'");
    }

    @Test
    void behindTheSessionTheSenderGetsANotice() throws IOException {
        Outcome outcome = handler.perform(virus, Effects.of(virus, "alice@sender.example", TEXT, 1, "a@example.com"));

        assertThat(outcome)
                .isEqualTo(Outcome.done("5.7.1 rejected; notice "
                        + submission.submitted.getFirst().id()));
        assertThat(submission.submitted.getFirst().content())
                .contains("Diagnostic-Code: smtp; 550 5.7.1 Virus found\r\n", "<mailer-daemon@mx.example.com>");
    }

    @Test
    void theNullReturnPathIsNotAnswered() throws IOException {
        assertThat(handler.perform(virus, Effects.of(virus, "", TEXT, 1, "a@example.com")))
                .isEqualTo(Outcome.done("5.7.1 rejected; no notice: null return path"));
        assertThat(submission.submitted).isEmpty();
    }
}
