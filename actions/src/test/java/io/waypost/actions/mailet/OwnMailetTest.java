package io.waypost.actions.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.actions.Effects;
import io.waypost.message.Envelope;
import io.waypost.message.Outcome;
import io.waypost.message.ReversePath;
import io.waypost.message.port.StoreUnavailableException;
import io.waypost.rules.Effect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mailets of a user's own: what they see, what they may do, what becomes of their faults. */
class OwnMailetTest {

    @AutoClose
    private RiggedMailets mailets;

    @BeforeEach
    void open(@TempDir Path temporary) {
        mailets = new RiggedMailets(temporary);
    }

    @Test
    void a_repeat_makes_the_same_message_even_without_date_and_message_id() throws Exception {
        String bare = "From: a@b.example\r\n\r\nhello\r\n";

        String first = Effects.revised(mailets.run(OwnMailets.Rewriting.class.getName(), Map.of(), bare));
        String second = Effects.revised(mailets.run(OwnMailets.Rewriting.class.getName(), Map.of(), bare));

        assertThat(second).isEqualTo(first).contains("Message-ID: <" + Effects.ID + "@mx.example.com>");
    }

    @Test
    void sees_the_envelope_and_the_server() throws Exception {
        OwnMailets.Looking.seen.clear();

        mailets.run(OwnMailets.Looking.class.getName(), Map.of("greeting", "hello"), RiggedMailets.PLAIN);

        assertThat(OwnMailets.Looking.seen)
                .containsExactly(
                        "sender alice@sender.example",
                        "recipients [help@example.com]",
                        "remote 192.0.2.25 192.0.2.25",
                        "helo mx.sender.example",
                        "local true false",
                        "postmaster postmaster@mx.example.com",
                        "greeting hello",
                        "size " + RiggedMailets.PLAIN.length(),
                        "attribute 7 then 8");
    }

    @Test
    void a_null_reverse_path_is_no_sender() throws Exception {
        OwnMailets.Looking.seen.clear();
        MailetAction action = mailets.read(OwnMailets.Looking.class.getName(), Map.of());
        Effect effect = Effects.of(RiggedMailets.PLAIN, action);

        mailets.handler.perform(
                action,
                Effects.withEnvelope(
                        effect, Envelope.of(ReversePath.NULL, List.of(Effects.RECIPIENT), Effects.client())));

        assertThat(OwnMailets.Looking.seen).contains("sender none");
    }

    @Test
    void what_it_sends_is_submitted_once_an_attempt_under_a_key_of_the_effect() throws Exception {
        MailetAction action = mailets.read(OwnMailets.Answering.class.getName(), Map.of());
        Effect effect = Effects.of(RiggedMailets.PLAIN, action);

        assertThat(mailets.handler.perform(action, effect)).isInstanceOf(Outcome.Done.class);
        mailets.handler.perform(action, effect);

        assertThat(mailets.submitted).hasSize(2).allSatisfy(mail -> assertThat(mail)
                .startsWith("<postmaster@mx.example.com> [alice@sender.example] " + effect.key() + "/mail/1\n")
                .contains("Subject: Got it\r\n"));
        assertThat(Effects.revisions(effect).leftOpen()).isZero();
    }

    @Test
    void a_store_that_cannot_take_what_it_sends_means_later() throws Exception {
        mailets.refusal = Optional.of(new StoreUnavailableException(true, "no room"));
        MailetAction action = mailets.read(OwnMailets.Answering.class.getName(), Map.of());
        Effect effect = Effects.of(RiggedMailets.PLAIN, action);

        assertThat(mailets.handler.perform(action, effect))
                .isEqualTo(Outcome.retry("Answering: the mail was not accepted for sending: no room"));
        assertThat(Effects.revisions(effect).leftOpen()).isZero();
    }

    @Test
    void an_exception_or_the_error_state_means_later() throws Exception {
        MailetAction failing = mailets.read(OwnMailets.Failing.class.getName(), Map.of("how", "throw"));
        assertThat(mailets.handler.perform(failing, Effects.of(RiggedMailets.PLAIN, failing)))
                .isEqualTo(Outcome.retry("Failing: directory is away"));

        MailetAction erring = mailets.read(OwnMailets.Failing.class.getName(), Map.of("how", "state"));
        assertThat(mailets.handler.perform(erring, Effects.of(RiggedMailets.PLAIN, erring)))
                .isEqualTo(Outcome.retry("Failing reports an error: not now"));
    }

    @Test
    void a_change_of_recipients_is_refused_and_not_forgotten() throws Exception {
        MailetAction action = mailets.read(OwnMailets.Failing.class.getName(), Map.of("how", "recipients"));

        assertThat(mailets.handler.perform(action, Effects.of(RiggedMailets.PLAIN, action)))
                .isEqualTo(Outcome.failed(
                        "Failing changed the recipients; a rule's recipients are the envelope's and stay as they are"));
    }

    @Test
    void DNS_is_not_asked() throws Exception {
        MailetAction action = mailets.read(OwnMailets.Failing.class.getName(), Map.of("how", "dns"));

        assertThatThrownBy(() -> mailets.handler.perform(action, Effects.of(RiggedMailets.PLAIN, action)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("mailets make no DNS lookups in Waypost");
    }
}
