package io.waypost.actions.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.actions.Effects;
import io.waypost.message.Disposition;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Outcome;
import io.waypost.message.ReversePath;
import io.waypost.rules.Effect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mailets of James' catalogue as they are, and messages of every kind through them. */
class CatalogueTest {

    @TempDir
    Path temporary;

    private RiggedMailets mailets;

    @BeforeEach
    void open() {
        mailets = new RiggedMailets(temporary);
    }

    @AfterEach
    void close() {
        mailets.close();
    }

    @Test
    void AddSubjectPrefix_changes_the_subject_and_nothing_else() throws Exception {
        Effect effect = mailets.run("AddSubjectPrefix", Map.of("subjectPrefix", "[HELP]"), RiggedMailets.PLAIN);

        assertThat(Effects.revised(effect))
                .isEqualTo(RiggedMailets.PLAIN.replace("subject:Printer  on fire", "Subject: [HELP] Printer  on fire"));
    }

    @Test
    void SetMimeHeader_adds_a_header() throws Exception {
        Effect effect =
                mailets.run("SetMimeHeader", Map.of("name", "X-Queue", "value", "tickets"), RiggedMailets.PLAIN);

        assertThat(Effects.revised(effect)).contains("\r\nX-Queue: tickets\r\n").endsWith("\r\n\r\nIt burns.\r\n");
    }

    @Test
    void RemoveMimeHeader_removes_a_folded_header() throws Exception {
        Effect effect = mailets.run("RemoveMimeHeader", Map.of("name", "DKIM-Signature"), RiggedMailets.PLAIN);

        assertThat(Effects.revised(effect))
                .isEqualTo(RiggedMailets.PLAIN.replace("DKIM-Signature: v=1; a=rsa-sha256;\r\n\tb=abc==\r\n", ""));
    }

    @Test
    void AddFooter_writes_below_the_text() throws Exception {
        Effect effect = mailets.run("AddFooter", Map.of("text", "Sent through the help desk"), RiggedMailets.PLAIN);

        assertThat(Effects.revised(effect))
                .contains("It burns.")
                .contains("Sent through the help desk")
                .contains("\r\nMessage-ID: <1@sender.example>\r\n")
                .doesNotContainPattern("[^\r]\n");
    }

    @Test
    void OnlyText_keeps_the_text_part() throws Exception {
        Effect effect = mailets.run("OnlyText", Map.of(), RiggedMailets.TWO_PARTS);

        assertThat(Effects.revised(effect)).contains("See the log.").doesNotContain("line one", "multipart");
    }

    @Test
    void StripAttachment_takes_the_attachment_out() throws Exception {
        Effect effect = mailets.run(
                "StripAttachment", Map.of("pattern", ".*\\.txt", "remove", "matched"), RiggedMailets.TWO_PARTS);

        assertThat(Effects.revised(effect)).contains("See the log.").doesNotContain("line one");
    }

    @Test
    void Null_ends_the_mail_for_this_rule() throws Exception {
        MailetAction action = mailets.read("Null", Map.of());
        Effect effect = Effects.of(RiggedMailets.PLAIN, action);

        assertThat(mailets.handler.perform(action, effect))
                .isEqualTo(new Outcome.Done(Disposition.STOP_RULE, "Null ended the mail for this rule"));
        assertThat(Effects.revisions(effect).replaced()).isFalse();
    }

    @Test
    void AddDeliveredToHeader_is_possible_for_a_single_recipient() throws Exception {
        Effect effect = mailets.run("AddDeliveredToHeader", Map.of(), RiggedMailets.PLAIN);

        assertThat(Effects.revised(effect)).contains("Delivered-To: help@example.com\r\n");
    }

    @Test
    void ToProcessor_is_refused_because_there_are_no_processors() throws Exception {
        MailetAction action = mailets.read("ToProcessor", Map.of("processor", "spam"));

        assertThat(mailets.handler.perform(action, Effects.of(RiggedMailets.PLAIN, action)))
                .isEqualTo(Outcome.failed("ToProcessor asks for the processor 'spam'; rules decide what follows"));
    }

    @Test
    void a_mailet_that_only_looks_leaves_every_byte() throws Exception {
        MailetAction action = mailets.read("LogMessage", Map.of("headers", "true", "body", "true"));
        Effect effect = Effects.of(RiggedMailets.PLAIN, action);

        assertThat(mailets.handler.perform(action, effect))
                .isEqualTo(Outcome.done("LogMessage left the message as it was"));
        assertThat(Effects.revisions(effect).replaced()).isFalse();
    }

    @Test
    void a_large_message_goes_through_a_file_that_is_gone_afterwards() throws Exception {
        MailetAction action = mailets.read("AddSubjectPrefix", Map.of("subjectPrefix", "[BIG]"));
        String large = RiggedMailets.PLAIN + "0123456789abcde\r\n".repeat(200_000);
        Effect effect = Effects.of(large, action);

        mailets.handler.perform(action, effect);

        assertThat(Effects.revised(effect)).isEqualTo(large.replace("subject:Pr", "Subject: [BIG] Pr"));
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void malformed_messages_survive_a_change_of_their_header() throws Exception {
        for (String broken : List.of(
                "no header at all",
                "\r\n\r\n",
                "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nnever closed",
                "Content-Type: ///\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%",
                "")) {
            Effect effect = mailets.run("SetMimeHeader", Map.of("name", "X-A", "value", "b"), broken);
            assertThat(Effects.revised(effect)).contains("X-A: b\r\n");
        }
    }

    @Test
    void addresses_that_James_does_not_know_are_a_dead_effect_at_once() throws Exception {
        MailetAction action = mailets.read("LogMessage", Map.of());
        Effect effect = Effects.withEnvelope(
                Effects.of(RiggedMailets.PLAIN, action),
                Envelope.of(
                        ReversePath.of(EmailAddress.of("a b@c.example")),
                        List.of(Effects.RECIPIENT),
                        Effects.client()));

        assertThat(mailets.handler.perform(action, effect)).isInstanceOf(Outcome.Failed.class);
    }
}
