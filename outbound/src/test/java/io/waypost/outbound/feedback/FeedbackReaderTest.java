package io.waypost.outbound.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Client;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Scope;
import io.waypost.message.Verdicts;
import io.waypost.message.dsn.FeedbackNotice;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvent.BounceKind;
import io.waypost.message.sending.MailEvent.BouncedRecipient;
import io.waypost.message.sending.Sending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackReaderTest {

    private static final EmailAddress BOB = EmailAddress.of("bob@example.net");
    private static final String NOTICE = """
            From: MAILER-DAEMON@mx.example.net
            To: bounce+token@example.com
            Subject: Undelivered Mail Returned to Sender
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            I am sorry.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.net
            Arrival-Date: Sat, 31 Jan 2026 12:34:56 +0000

            %s
            --b
            Content-Type: text/rfc822-headers

            Subject: News
            --b--
            """;

    private final FeedbackReader reader = new FeedbackReader();

    private Feedback read(String text) throws IOException {
        return reader.read(MessageContent.of(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
    }

    private Feedback notice(String recipients) throws IOException {
        return read(NOTICE.formatted(recipients.strip()));
    }

    @Test
    void aNoticeOfFailure() throws Exception {
        var bounce = (Feedback.Bounce) notice("""
                Final-Recipient: rfc822; bob@Example.NET
                Original-Recipient: rfc822;bob@example.net
                Action: failed
                Status: 5.1.1
                Remote-MTA: dns; mail.example.net
                Diagnostic-Code: smtp; 550 5.1.1
                  user unknown
                """);
        assertThat(bounce.reportingMta()).contains("dns; mx.example.net");
        assertThat(bounce.arrivalDate()).contains(Instant.parse("2026-01-31T12:34:56Z"));
        assertThat(bounce.kind()).isEqualTo(BounceKind.PERMANENT_GENERAL);
        assertThat(bounce.recipients().getFirst().told())
                .contains(new BouncedRecipient(
                        BOB, Optional.of("failed"), Optional.of("5.1.1"), Optional.of("smtp; 550 5.1.1 user unknown")));
        assertThat(bounce.recipients().getFirst().remoteMta()).contains("dns; mail.example.net");
    }

    @Test
    void theMostFinalRecipientCounts() throws Exception {
        var bounce = (Feedback.Bounce) notice("""
                Final-Recipient: rfc822; full@example.net
                Action: failed
                Status: 5.2.2

                Final-Recipient: rfc822; <bob@example.net>
                Action: failed (bad destination)
                Status: 5.1.1 (no such user)

                Final-Recipient: rfc822; happy@example.net
                Action: delivered
                Status: 2.0.0

                Final-Recipient: rfc822; slow@example.net
                Action: delayed
                Status: 4.4.1
                """);
        assertThat(bounce.kind()).isEqualTo(BounceKind.PERMANENT_GENERAL);
        assertThat(bounce.recipients())
                .extracting(it -> it.address().orElseThrow().toString())
                .containsExactly("full@example.net", "bob@example.net");
    }

    @Test
    void aNoticeOfDelayAndOneOfSuccess() throws Exception {
        var delay = (Feedback.Delay) notice("""
                Final-Recipient: rfc822; bob@example.net
                Action: delayed
                Status: 4.4.1
                """);
        assertThat(delay.recipients()).hasSize(1);
        assertThat(notice("Final-Recipient: rfc822; bob@example.net\nAction: relayed\nStatus: 2.0.0"))
                .isEqualTo(new Feedback.Nothing());
    }

    /** RFC 6533 3. */
    @Test
    void anAddressBeyondAscii() throws Exception {
        var bounce = (Feedback.Bounce)
                notice("Final-Recipient: utf-8; j\\x{F6}rg@example.net\nAction: failed\nStatus: 5.1.1");
        assertThat(bounce.recipients().getFirst().address()).contains(EmailAddress.of("jörg@example.net"));
    }

    @Test
    void withoutAnActionTheStatusTells() throws Exception {
        assertThat(notice("Final-Recipient: rfc822; bob@example.net\nStatus: 4.2.2"))
                .isInstanceOf(Feedback.Delay.class);
        assertThat(notice("Final-Recipient: nonsense\nAction: failed\nStatus: none"))
                .isInstanceOfSatisfying(Feedback.Bounce.class, bounce -> assertThat(
                                bounce.recipients().getFirst().address())
                        .isEmpty());
    }

    /** RFC 5965 appendix B has such a report. */
    @Test
    void aComplaint() throws Exception {
        var complaint = (Feedback.Complaint) read("""
                From: <abusedesk@example.org>
                Subject: FW: Earn money
                Content-Type: multipart/report; report-type=feedback-report; boundary="b"

                --b
                Content-Type: text/plain

                This is an email abuse report.
                --b
                Content-Type: message/feedback-report

                Feedback-Type: Abuse
                User-Agent: SomeGenerator/1.0
                Version: 1
                Original-Mail-From: <news@example.com>
                Original-Rcpt-To: <bob@example.net>
                Original-Rcpt-To: rfc822; ann@example.net
                Arrival-Date: Thu, 8 Mar 2026 14:00:00 -0400
                Reported-Uri: http://example.com/

                --b
                Content-Type: message/rfc822
                Content-Disposition: inline

                From: <news@example.com>
                Message-ID: <0100@email.amazonses.com>

                Feedback-Type: fraud
                --b--
                """);
        assertThat(complaint.recipients()).containsExactly(BOB, EmailAddress.of("ann@example.net"));
        assertThat(complaint.feedbackType()).isEqualTo("abuse");
        assertThat(complaint.userAgent()).contains("SomeGenerator/1.0");
        assertThat(complaint.arrivalDate()).contains(Instant.parse("2026-03-08T18:00:00Z"));
        assertThat(complaint.original().messageId()).contains("<0100@email.amazonses.com>");
    }

    @Test
    void qmailAndEximOfOld() throws Exception {
        var qmail = (Feedback.Bounce) read("""
                From: MAILER-DAEMON@mx.example.net
                Subject: failure notice

                Hi. This is the qmail-send program at mx.example.net.
                I'm afraid I wasn't able to deliver your message to the following addresses.

                <bob@example.net>:
                Sorry, no mailbox here by that name. (#5.1.1)

                --- Below this line is a copy of the message.

                <ann@example.net>:
                """);
        assertThat(qmail.recipients()).singleElement().satisfies(one -> {
            assertThat(one.address()).contains(BOB);
            assertThat(one.status()).hasToString("Optional[5.1.1]");
        });
        assertThat(qmail.kind()).isEqualTo(BounceKind.PERMANENT_GENERAL);

        var exim = (Feedback.Bounce) read("""
                From: Mail Delivery System <Mailer-Daemon@mx.example.net>
                X-Failed-Recipients: bob@example.net
                Subject: Mail delivery failed: returning message to sender

                A message that you sent could not be delivered:

                  bob@example.net
                    SMTP error from remote mail server after RCPT TO:
                    550 Unrouteable address

                ------ This is a copy
                """);
        assertThat(exim.recipients().getFirst().diagnosticCode().orElseThrow()).endsWith("550 Unrouteable address");
    }

    /** RFC 3834 5, and what responders write otherwise. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Auto-Submitted: auto-replied (vacation)",
                "X-Autoreply: yes",
                "Precedence: auto_reply",
                "Subject: Automatic reply: News",
                "Subject: Out of Office: News",
                "Subject: Out of the office AutoReply: News",
                "Subject: =?utf-8?Q?R=C3=A9ponse_automatique_:_News?=",
                "Subject: Abwesenheitsnotiz: News",
                "Subject: Automatische Antwort: News",
            })
    void responders(String field) throws Exception {
        assertThat(read("From: bob@example.net\n" + field + "\n\nI am away.\n")).isEqualTo(new Feedback.AutoReply());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Subject: Re: Automatic reply: News",
                "Auto-Submitted: no",
                "Auto-Submitted: auto-generated",
                "Precedence: bulk",
                "X-Failed-Recipients: bob@example.net",
                "Subject: the vacation"
            })
    void notResponders(String field) throws Exception {
        assertThat(read("From: bob@example.net\n" + field + "\n\nHello.\n")).isEqualTo(new Feedback.Nothing());
    }

    /** What Waypost forwards to senders is a notice like others. */
    @Test
    void ownNoticesAreRead() throws Exception {
        Scope scope = new Scope("123456789012", "us-east-1");
        Instant now = Instant.parse("2026-01-31T12:34:56Z");
        Sending sending = new Sending(
                scope,
                "news@example.com",
                Optional.empty(),
                "AKIA",
                Optional.empty(),
                "SendEmail",
                Optional.empty(),
                Map.of(),
                Optional.of(EmailAddress.of("feedback@example.com")),
                new Domain("example.com"),
                Sending.Conditions.NONE,
                List.of(
                        new Sending.Field("Subject", "News\r\nBcc: victim@example.org"),
                        new Sending.Field("Bad:\r\nName", "x")),
                false);
        Mail mail = new Mail(
                MessageId.nextSent(now, new Random(1)),
                Line.OUTBOUND,
                now,
                Envelope.of(ReversePath.NULL, List.of(BOB), Client.local("mx.example.com")),
                1,
                new Plan(new RuleSetVersion("outbound", 0), List.of(), Map.of()),
                Verdicts.NONE,
                Optional.of(sending));
        MailEvent bounced = new MailEvent.Bounced(
                "key",
                mail,
                now,
                BounceKind.PERMANENT_GENERAL,
                List.of(new BouncedRecipient(
                        BOB, Optional.of("failed"), Optional.of("5.1.1"), Optional.of("smtp; 550 5.1.1 no\r\nX: y"))),
                Optional.empty(),
                Optional.empty());
        MessageContent notice = notice(bounced);
        var bounce = (Feedback.Bounce) reader.read(notice);
        assertThat(bounce.recipients().getFirst().address()).contains(BOB);
        assertThat(text(notice)).doesNotContain("\r\nBcc:", "\r\nX:", "Bad:").contains("Subject: News??Bcc: victim");
        assertThat(text(notice)).isEqualTo(text(notice(bounced)));

        var complaint = (Feedback.Complaint) reader.read(notice(new MailEvent.Complained(
                "key", mail, now, List.of(BOB), false, Optional.of("Loop/1"), Optional.of("fraud"), Optional.of(now))));
        assertThat(complaint.recipients()).containsExactly(BOB);
        assertThat(complaint.feedbackType()).isEqualTo("fraud");
        assertThat(complaint.arrivalDate()).contains(now);
    }

    private static MessageContent notice(MailEvent event) {
        return new FeedbackNotice(
                        "mx.example.com",
                        EmailAddress.of("mailer-daemon@mx.example.com"),
                        EmailAddress.of("feedback@example.com"),
                        event,
                        "0100")
                .compose();
    }

    private static String text(MessageContent content) throws IOException {
        try (var in = content.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Whatever the bytes are, there is an answer. */
    @Test
    void brokenNoticesEnd() throws Exception {
        byte[] whole = NOTICE.formatted("Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.1.1")
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(42);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = whole.clone();
            for (int i = random.nextInt(20); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            assertThat(reader.read(MessageContent.of(cut))).isNotNull();
        }
        String endless = "Final-Recipient: rfc822; bob@example.net\nAction: failed\n\n".repeat(50_000);
        var bounce = (Feedback.Bounce) notice(endless);
        assertThat(bounce.recipients().size()).isEqualTo(999);
    }
}
