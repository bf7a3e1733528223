package io.waypost.actions.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.actions.Effects;
import io.waypost.config.text.Document;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.Disposition;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageId;
import io.waypost.message.Outcome;
import io.waypost.message.ReversePath;
import io.waypost.message.port.StoreUnavailableException;
import io.waypost.message.port.Submission;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders.Header;
import org.apache.mailet.base.GenericMailet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("deprecation") // the mailet API has them, so they must work
class MailetHandlerTest {

    private static final String PLAIN = """
            Received: from mx.sender.example by mx.example.com; Mon, 23 Nov 2026 08:00:00 +0000
            DKIM-Signature: v=1; a=rsa-sha256;
            \tb=abc==
            From: Alice <alice@sender.example>
            To: help@example.com
            subject:Printer  on fire
            Message-ID: <1@sender.example>
            Content-Type: text/plain; charset=us-ascii

            It burns.
            """.replace("\n", "\r\n");

    private static final String TWO_PARTS = """
            From: alice@sender.example
            To: help@example.com
            Subject: Log
            Message-ID: <2@sender.example>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="cut"

            --cut
            Content-Type: text/plain; charset=us-ascii

            See the log.
            --cut
            Content-Type: text/plain; name="log.txt"
            Content-Disposition: attachment; filename="log.txt"

            line one
            --cut--
            """.replace("\n", "\r\n");

    @TempDir
    Path temporary;

    private final List<String> submitted = new ArrayList<>();
    private Optional<IOException> refusal = Optional.empty();
    private MailetHandler handler;

    @BeforeEach
    void open() {
        Submission submission = (from, to, content, repeatKey) -> {
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            submitted.add("<" + from + "> " + to + " " + repeatKey.orElse("") + "\n"
                    + new String(content.open().readAllBytes(), StandardCharsets.UTF_8));
            return new MessageId("0".repeat(40));
        };
        handler = new MailetHandler(
                new MailetSettings("mx.example.com", Set.of(new Domain("example.com")), temporary),
                submission,
                getClass().getClassLoader());
    }

    @AfterEach
    void close() {
        handler.close();
    }

    // The catalogue of James, as it is.

    @Test
    void AddSubjectPrefix_changes_the_subject_and_nothing_else() throws Exception {
        Effect effect = run("AddSubjectPrefix", Map.of("subjectPrefix", "[HELP]"), PLAIN);

        assertThat(Effects.revised(effect))
                .isEqualTo(PLAIN.replace("subject:Printer  on fire", "Subject: [HELP] Printer  on fire"));
    }

    @Test
    void SetMimeHeader_adds_a_header() throws Exception {
        Effect effect = run("SetMimeHeader", Map.of("name", "X-Queue", "value", "tickets"), PLAIN);

        assertThat(Effects.revised(effect)).contains("\r\nX-Queue: tickets\r\n").endsWith("\r\n\r\nIt burns.\r\n");
    }

    @Test
    void RemoveMimeHeader_removes_a_folded_header() throws Exception {
        Effect effect = run("RemoveMimeHeader", Map.of("name", "DKIM-Signature"), PLAIN);

        assertThat(Effects.revised(effect))
                .isEqualTo(PLAIN.replace("DKIM-Signature: v=1; a=rsa-sha256;\r\n\tb=abc==\r\n", ""));
    }

    @Test
    void AddFooter_writes_below_the_text() throws Exception {
        Effect effect = run("AddFooter", Map.of("text", "Sent through the help desk"), PLAIN);

        assertThat(Effects.revised(effect))
                .contains("It burns.")
                .contains("Sent through the help desk")
                .contains("\r\nMessage-ID: <1@sender.example>\r\n")
                .doesNotContainPattern("[^\r]\n");
    }

    @Test
    void OnlyText_keeps_the_text_part() throws Exception {
        Effect effect = run("OnlyText", Map.of(), TWO_PARTS);

        assertThat(Effects.revised(effect)).contains("See the log.").doesNotContain("line one", "multipart");
    }

    @Test
    void StripAttachment_takes_the_attachment_out() throws Exception {
        Effect effect = run("StripAttachment", Map.of("pattern", ".*\\.txt", "remove", "matched"), TWO_PARTS);

        assertThat(Effects.revised(effect)).contains("See the log.").doesNotContain("line one");
    }

    @Test
    void Null_ends_the_mail_for_this_rule() throws Exception {
        MailetAction action = read("Null", Map.of());
        Effect effect = Effects.of(PLAIN, action);

        assertThat(handler.perform(action, effect))
                .isEqualTo(new Outcome.Done(Disposition.STOP_RULE, "Null ended the mail for this rule"));
        assertThat(Effects.revisions(effect).replaced()).isFalse();
    }

    @Test
    void AddDeliveredToHeader_is_possible_for_a_single_recipient() throws Exception {
        Effect effect = run("AddDeliveredToHeader", Map.of(), PLAIN);

        assertThat(Effects.revised(effect)).contains("Delivered-To: help@example.com\r\n");
    }

    @Test
    void ToProcessor_is_refused_because_there_are_no_processors() throws Exception {
        MailetAction action = read("ToProcessor", Map.of("processor", "spam"));

        assertThat(handler.perform(action, Effects.of(PLAIN, action)))
                .isEqualTo(Outcome.failed("ToProcessor asks for the processor 'spam'; rules decide what follows"));
    }

    @Test
    void a_mailet_that_only_looks_leaves_every_byte() throws Exception {
        MailetAction action = read("LogMessage", Map.of("headers", "true", "body", "true"));
        Effect effect = Effects.of(PLAIN, action);

        assertThat(handler.perform(action, effect)).isEqualTo(Outcome.done("LogMessage left the message as it was"));
        assertThat(Effects.revisions(effect).replaced()).isFalse();
    }

    @Test
    void a_repeat_makes_the_same_message_even_without_date_and_message_id() throws Exception {
        String bare = "From: a@b.example\r\n\r\nhello\r\n";

        String first = Effects.revised(run(Rewriting.class.getName(), Map.of(), bare));
        String second = Effects.revised(run(Rewriting.class.getName(), Map.of(), bare));

        assertThat(second).isEqualTo(first).contains("Message-ID: <" + Effects.ID + "@mx.example.com>");
    }

    // Mailets of a user's own.

    @Test
    void sees_the_envelope_and_the_server() throws Exception {
        Looking.seen.clear();

        run(Looking.class.getName(), Map.of("greeting", "hello"), PLAIN);

        assertThat(Looking.seen)
                .containsExactly(
                        "sender alice@sender.example",
                        "recipients [help@example.com]",
                        "remote 192.0.2.25 192.0.2.25",
                        "helo mx.sender.example",
                        "local true false",
                        "postmaster postmaster@mx.example.com",
                        "greeting hello",
                        "size " + PLAIN.length(),
                        "attribute 7 then 8");
    }

    @Test
    void a_null_reverse_path_is_no_sender() throws Exception {
        Looking.seen.clear();
        MailetAction action = read(Looking.class.getName(), Map.of());
        Effect effect = Effects.of(PLAIN, action);

        handler.perform(
                action,
                Effects.withEnvelope(
                        effect, Envelope.of(ReversePath.NULL, List.of(Effects.RECIPIENT), Effects.client())));

        assertThat(Looking.seen).contains("sender none");
    }

    @Test
    void what_it_sends_is_submitted_once_an_attempt_under_a_key_of_the_effect() throws Exception {
        MailetAction action = read(Answering.class.getName(), Map.of());
        Effect effect = Effects.of(PLAIN, action);

        assertThat(handler.perform(action, effect)).isInstanceOf(Outcome.Done.class);
        handler.perform(action, effect);

        assertThat(submitted).hasSize(2).allSatisfy(mail -> assertThat(mail)
                .startsWith("<postmaster@mx.example.com> [alice@sender.example] " + effect.key() + "/mail/1\n")
                .contains("Subject: Got it\r\n"));
        assertThat(Effects.revisions(effect).leftOpen()).isZero();
    }

    @Test
    void a_store_that_cannot_take_what_it_sends_means_later() throws Exception {
        refusal = Optional.of(new StoreUnavailableException(true, "no room"));
        MailetAction action = read(Answering.class.getName(), Map.of());
        Effect effect = Effects.of(PLAIN, action);

        assertThat(handler.perform(action, effect))
                .isEqualTo(Outcome.retry("Answering: the mail was not accepted for sending: no room"));
        assertThat(Effects.revisions(effect).leftOpen()).isZero();
    }

    @Test
    void an_exception_or_the_error_state_means_later() throws Exception {
        MailetAction failing = read(Failing.class.getName(), Map.of("how", "throw"));
        assertThat(handler.perform(failing, Effects.of(PLAIN, failing)))
                .isEqualTo(Outcome.retry("Failing: directory is away"));

        MailetAction erring = read(Failing.class.getName(), Map.of("how", "state"));
        assertThat(handler.perform(erring, Effects.of(PLAIN, erring)))
                .isEqualTo(Outcome.retry("Failing reports an error: not now"));
    }

    @Test
    void a_change_of_recipients_is_refused_and_not_forgotten() throws Exception {
        MailetAction action = read(Failing.class.getName(), Map.of("how", "recipients"));

        assertThat(handler.perform(action, Effects.of(PLAIN, action)))
                .isEqualTo(Outcome.failed(
                        "Failing changed the recipients; a rule's recipients are the envelope's and stay as they are"));
    }

    @Test
    void DNS_is_not_asked() throws Exception {
        MailetAction action = read(Failing.class.getName(), Map.of("how", "dns"));

        assertThatThrownBy(() -> handler.perform(action, Effects.of(PLAIN, action)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("mailets make no DNS lookups in Waypost");
    }

    @Test
    void a_large_message_goes_through_a_file_that_is_gone_afterwards() throws Exception {
        MailetAction action = read("AddSubjectPrefix", Map.of("subjectPrefix", "[BIG]"));
        String large = PLAIN + "0123456789abcde\r\n".repeat(200_000);
        Effect effect = Effects.of(large, action);

        handler.perform(action, effect);

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
            Effect effect = run("SetMimeHeader", Map.of("name", "X-A", "value", "b"), broken);
            assertThat(Effects.revised(effect)).contains("X-A: b\r\n");
        }
    }

    @Test
    void addresses_that_James_does_not_know_are_a_dead_effect_at_once() throws Exception {
        MailetAction action = read("LogMessage", Map.of());
        Effect effect = Effects.withEnvelope(
                Effects.of(PLAIN, action),
                Envelope.of(
                        ReversePath.of(EmailAddress.of("a b@c.example")),
                        List.of(Effects.RECIPIENT),
                        Effects.client()));

        assertThat(handler.perform(action, effect)).isInstanceOf(Outcome.Failed.class);
    }

    // Begin and end.

    @Test
    void is_begun_once_for_each_set_of_parameters_and_ended_when_no_rule_names_it() throws Exception {
        Counting.begun.set(0);
        Counting.ended.set(0);
        MailetAction one = read(Counting.class.getName(), Map.of("n", "1"));
        read(Counting.class.getName(), Map.of("n", "1"));
        MailetAction two = read(Counting.class.getName(), Map.of("n", "2"));
        handler.perform(one, Effects.of(PLAIN, one));
        assertThat(Counting.begun).hasValue(2);

        handler.retain(List.of(two));
        assertThat(Counting.ended).hasValue(1);

        // A mail that was accepted under the older rule set.
        handler.perform(one, Effects.of(PLAIN, one));
        assertThat(Counting.begun).hasValue(3);

        handler.close();
        assertThat(Counting.ended).hasValue(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ parameters: { a: b } } | 'class' is missing; it has no default",
                "{ class: AddSubjectPrefx } | 'class': there is no mailet class org.apache.james.transport.mailets.AddSubjectPrefx on the class path",
                "{ class: java.lang.String } | 'class': java.lang.String is a class, but no mailet",
                "{ class: AddSubjectPrefix } | 'class': org.apache.james.transport.mailets.AddSubjectPrefix does not take these parameters: ",
                "{ class: Null, parameters: [a] } | a mapping (name: value) is needed here, this is a list",
                "{ class: Null, paramters: {} } | unknown key 'paramters'; did you mean 'parameters'?",
            })
    void says_what_is_wrong(String yaml, String words) {
        Problems problems = new Problems();

        assertThat(handler.read(
                        Document.read("rules.yaml", yaml, Substitution.NONE, problems)
                                .orElseThrow(),
                        problems))
                .isEmpty();

        assertThat(problems.all())
                .anySatisfy(problem -> assertThat(problem.toString()).startsWith("rules.yaml:1: " + words));
    }

    @Test
    void a_mailet_that_needs_the_James_server_is_named() {
        Problems problems = new Problems();
        String yaml = "{ class: '" + NeedsServer.class.getName() + "' }";

        handler.read(
                Document.read("rules.yaml", yaml, Substitution.NONE, problems).orElseThrow(), problems);

        assertThat(problems.toString()).contains("NeedsServer needs services of the James server");
    }

    private MailetAction read(String name, Map<String, String> parameters) {
        Problems problems = new Problems();
        StringBuilder yaml = new StringBuilder("class: '" + name + "'\n");
        if (!parameters.isEmpty()) {
            yaml.append("parameters:\n");
            parameters.forEach((key, value) ->
                    yaml.append("  ").append(key).append(": '").append(value).append("'\n"));
        }
        Optional<MailetAction> action = handler.read(
                Document.read("rules.yaml", yaml.toString(), Substitution.NONE, problems)
                        .orElseThrow(),
                problems);
        assertThat(problems.toString()).isEmpty();
        return action.orElseThrow();
    }

    private Effect run(String name, Map<String, String> parameters, String message) throws Exception {
        MailetAction action = read(name, parameters);
        Effect effect = Effects.of(message, action);
        assertThat(handler.perform(action, effect)).isInstanceOf(Outcome.Done.class);
        assertThat(Effects.revisions(effect).leftOpen()).isZero();
        return effect;
    }

    /** Tells what it can see. */
    public static final class Looking extends GenericMailet {
        static final List<String> seen = new ArrayList<>();

        @Override
        public void service(Mail mail) throws MessagingException {
            seen.add("sender " + mail.getMaybeSender().asString("none"));
            seen.add("recipients " + mail.getRecipients());
            seen.add("remote " + mail.getRemoteAddr() + " " + mail.getRemoteHost());
            seen.add("helo "
                    + mail.getAttribute(Mail.SMTP_HELO).orElseThrow().getValue().value());
            seen.add("local " + getMailetContext().isLocalEmail(new MailAddress("x@example.com")) + " "
                    + getMailetContext().isLocalEmail(new MailAddress("x@elsewhere.example")));
            seen.add("postmaster " + getMailetContext().getPostmaster());
            seen.add("greeting " + getInitParameter("greeting"));
            seen.add("size " + mail.getMessageSize());
            mail.setAttribute("number", 7);
            seen.add("attribute " + mail.setAttribute("number", 8) + " then " + mail.getAttribute("number"));
        }
    }

    /** Sends a mail back. */
    public static final class Answering extends GenericMailet {
        @Override
        public void service(Mail mail) throws MessagingException {
            MimeMessage answer = (MimeMessage) mail.getMessage().reply(false);
            answer.setSubject("Got it");
            answer.setText("Thank you.\nBye.");
            getMailetContext()
                    .sendMail(
                            getMailetContext().getPostmaster(),
                            List.of(mail.getMaybeSender().get()),
                            answer);
        }
    }

    /** Goes wrong in the way it is told. */
    public static final class Failing extends GenericMailet {
        @Override
        public void service(Mail mail) throws MessagingException {
            switch (getInitParameter("how")) {
                case "throw" -> throw new MessagingException("directory is away");
                case "state" -> {
                    mail.setState(Mail.ERROR);
                    mail.setErrorMessage("not now");
                }
                case "dns" -> getMailetContext().getMailServers(org.apache.james.core.Domain.of("a.example"));
                default -> mail.setRecipients(List.of(new MailAddress("other@example.com")));
            }
        }
    }

    /** Writes the whole message anew. */
    public static final class Rewriting extends GenericMailet {
        @Override
        public void service(Mail mail) throws MessagingException {
            mail.getMessage().setText("new text");
        }
    }

    /** Counts its beginnings and ends. */
    public static final class Counting extends GenericMailet {
        static final AtomicInteger begun = new AtomicInteger();
        static final AtomicInteger ended = new AtomicInteger();

        @Override
        public void init() {
            begun.incrementAndGet();
        }

        @Override
        public void destroy() {
            ended.incrementAndGet();
        }

        @Override
        public void service(Mail mail) throws MessagingException {
            mail.addSpecificHeaderForRecipient(
                    Header.builder().name("X-For").value("you").build(),
                    mail.getRecipients().iterator().next());
        }
    }

    /** Is made by Guice in James. */
    public static final class NeedsServer extends GenericMailet {
        public NeedsServer(String service) {
            super();
        }

        @Override
        public void service(Mail mail) {}
    }
}
