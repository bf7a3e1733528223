package io.waypost.actions.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waypost.actions.fields.Effects;
import io.waypost.actions.fields.Read;
import io.waypost.actions.fields.RecordingSubmission;
import io.waypost.message.EmailAddress;
import io.waypost.message.Outcome;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.port.StoreUnavailableException;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardHandlerTest {

    private static final String TRACE = "Return-Path: <alice@sender.example>\r\nReceived: from a by mx.example.com\r\n";
    private static final String MAIL =
            "Received: older\r\nReturn-Path: <not-ours@example.net>\r\nSubject: x\r\n\r\nbody\r\n";

    private final RecordingSubmission submission = new RecordingSubmission();
    private final ForwardHandler handler = new ForwardHandler(submission, "mx.example.com", 5);
    private final ForwardAction plain = new ForwardAction(
            List.of(EmailAddress.of("x@example.org"), EmailAddress.of("y@example.net")), ReversePath.NULL);

    private static Effect effect(ForwardAction action, String from, String content) {
        return Effects.of(action, from, content, 1, "help@example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x@example.org                                            | x@example.org               | ''",
                "[x@example.org, y@bücher.example]                        | x@example.org,y@bücher.example | ''",
                "{ to: x@example.org }                                    | x@example.org               | ''",
                "{ to: [x@example.org], from: bounces@example.com }       | x@example.org               | bounces@example.com"
            })
    void anActionIsRead(String text, String to, String from) {
        Read<ForwardAction> read = Read.by(handler, text);

        assertThat(read.problems()).isEmpty();
        ForwardAction action = read.action().orElseThrow();
        assertThat(action.to().stream().map(EmailAddress::toString).collect(Collectors.joining(",")))
                .isEqualTo(to);
        assertThat(action.from()).hasToString(from);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                               | r.yaml:1: 'forward' needs at least one address in 'to'",
                "[]                               | r.yaml:1: 'forward' needs at least one address in 'to'",
                "{ to: nobody }                   | r.yaml:1: 'to': 'nobody' is not an address; write user@domain, nothing around it",
                "{ to: \"a@b.example\\r\\nX\" }   | r.yaml:1: 'to': 'a@b.example",
                "{ to: a@b.example, from: '<>' }  | r.yaml:1: 'from': '<>' is not an address; write user@domain, nothing around it",
                "{ too: a@b.example, to: c@d.example } | r.yaml:1: unknown key 'too'",
                "{ to: [{ a: b }] }               | r.yaml:1: a value is needed here"
            })
    void brokenTextIsReported(String text, String problem) {
        Read<ForwardAction> read = Read.by(handler, text);

        assertThat(read.action()).isEmpty();
        assertThat(read.problems()).startsWith(problem);
    }

    @Test
    void tooManyAddressesAreReported() {
        String many = IntStream.rangeClosed(0, 50)
                .mapToObj(i -> "a" + i + "@example.com")
                .collect(Collectors.joining(","));

        assertThat(Read.by(handler, "[" + many + "]").problems())
                .isEqualTo("r.yaml:1: 'forward' takes at most 50 addresses");
    }

    @Test
    void theMailGoesOnUnchangedButForTraceFields() throws IOException {
        Effect effect = effect(plain, "alice@sender.example", TRACE + MAIL);

        Outcome outcome = handler.perform(plain, effect);

        assertThat(submission.submitted).hasSize(1);
        RecordingSubmission.Submitted sent = submission.submitted.getFirst();
        assertThat(outcome).isEqualTo(Outcome.done("forwarded as " + sent.id()));
        assertThat(sent.from()).isEqualTo(ReversePath.NULL);
        assertThat(sent.to()).isEqualTo(plain.to());
        assertThat(sent.repeatKey()).contains(effect.key().toString());
        assertThat(sent.content())
                .matches("(?s)X-Waypost-Loop: [0-9a-f]{24}\r\n.*")
                .endsWith("\r\nReceived: from a by mx.example.com\r\n" + MAIL)
                .doesNotContain("alice@sender.example");
    }

    @Test
    void aNamedReturnPathIsUsedButNeverForANotice() throws IOException {
        ForwardAction named = new ForwardAction(plain.to(), ReversePath.of(EmailAddress.of("bounces@example.com")));

        handler.perform(named, effect(named, "alice@sender.example", MAIL));
        assertThat(submission.submitted.getLast().from()).isEqualTo(named.from());
        new ForwardHandler(submission, "other.example.com", 5)
                .perform(named, Effects.of(named, "", MAIL, 1, new RuleSetVersion("other", 1), "help@example.com"));
        assertThat(submission.submitted).hasSize(2);
        assertThat(submission.submitted.getLast().from()).isEqualTo(ReversePath.NULL);
    }

    @Test
    void aRepeatSendsNothingAgain() throws IOException {
        Effect effect = effect(plain, "alice@sender.example", MAIL);

        assertThat(handler.perform(plain, effect)).isEqualTo(handler.perform(plain, effect));
        assertThat(submission.submitted).hasSize(1);
    }

    @Test
    void aMailThatComesBackIsNotForwardedAgainEvenUnderANewVersion() throws IOException {
        handler.perform(plain, effect(plain, "alice@sender.example", MAIL));
        String back = "Received: from example.org\r\n"
                + submission.submitted.getFirst().content();

        Effect again = Effects.of(
                plain, "alice@sender.example", back, 1, new RuleSetVersion("production", 9), "help@example.com");
        assertThat(handler.perform(plain, again))
                .isEqualTo(Outcome.failed(
                        "not forwarded: this action has forwarded the mail before, it goes round in circles"));
        assertThat(submission.submitted).hasSize(1);
    }

    @Test
    void anotherServersMarkIsNoLoop() throws IOException {
        handler.perform(plain, effect(plain, "alice@sender.example", MAIL));
        String onward = submission.submitted.getFirst().content();
        RecordingSubmission elsewhere = new RecordingSubmission();

        new ForwardHandler(elsewhere, "mx.example.org", 5)
                .perform(plain, effect(plain, "alice@sender.example", onward));

        assertThat(elsewhere.submitted).hasSize(1);
    }

    @Test
    void aMailThatPassedTooManyServersIsNotForwarded() throws IOException {
        assertThat(handler.perform(plain, effect(plain, "a@sender.example", "Received: x\r\n".repeat(6) + "\r\n")))
                .isEqualTo(Outcome.failed("not forwarded: the mail has passed 6 servers"));
        assertThat(handler.perform(plain, effect(plain, "a@sender.example", "Received: x\r\n".repeat(5) + "\r\n")))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void withoutRoomItIsNotDone() {
        submission.full = true;

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> handler.perform(plain, effect(plain, "a@sender.example", MAIL)));
    }
}
