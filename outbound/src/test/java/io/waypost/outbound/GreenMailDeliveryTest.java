package io.waypost.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Outcome;
import io.waypost.message.ReversePath;
import io.waypost.outbound.smtp.HostAndPort;
import io.waypost.outbound.smtp.ScriptedPeer;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outbound line against a mail server that somebody else wrote. */
class GreenMailDeliveryTest {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private HostAndPort address() {
        return new HostAndPort("127.0.0.1", server.getSmtp().getPort());
    }

    private static Mail submit(OutboundLine line, String text, String... to) throws IOException {
        MessageId id = line.submission.submit(
                ReversePath.parse("alice@sender.example"),
                List.of(to).stream().map(EmailAddress::of).toList(),
                MessageContent.of(text.getBytes(StandardCharsets.UTF_8)),
                Optional.empty());
        return line.spool.mails.get(id);
    }

    @Test
    void aSubmittedMailArrivesOnceForEachRecipient() throws Exception {
        OutboundLine line = new OutboundLine(Optional.of(address()), Map.of());
        Mail mail = submit(
                line,
                "From: alice@sender.example\r\nSubject: dots\r\n\r\n.one\r\n..two\r\nend\r\n",
                "bob@example.com",
                "carol@example.org");

        assertThat(line.attempt(mail, 0)).isInstanceOf(Outcome.Done.class);
        assertThat(line.attempt(mail, 1)).isInstanceOf(Outcome.Done.class);

        MimeMessage[] received = server.getReceivedMessages();
        assertThat(received).hasSize(2);
        assertThat(GreenMailUtil.getBody(received[0])).isEqualTo(".one\r\n..two\r\nend");
        assertThat(received[0].getHeader("Received")).hasSize(2).anySatisfy(field -> assertThat(field)
                .startsWith("by mx.example.com with LOCAL id " + mail.id()));
        assertThat(received[0].getHeader("Return-Path")).isIn(null, new String[] {"<alice@sender.example>"});
    }

    /** GreenMail knows no null reverse-path, so a scripted peer receives the notice and GreenMail's mail library reads it. */
    @Test
    void aNoticeIsReadAsOneByAnotherMailLibrary() throws Exception {
        try (ScriptedPeer refusing = new ScriptedPeer(s -> s.hello("8BITMIME")
                        .hear("MAIL")
                        .say("250 ok")
                        .hear("RCPT")
                        .say("550 5.1.1 unknown")
                        .hear("QUIT"));
                ScriptedPeer home = new ScriptedPeer(s -> s.hello().acceptAll())) {
            OutboundLine line = new OutboundLine(
                    Optional.of(home.address()), Map.of(new Domain("example.com"), refusing.address()));
            Mail mail = submit(
                    line, "From: alice@sender.example\r\nSubject: gr\u00fcn\r\n\r\nHello\r\n", "bob@example.com");
            assertThat(line.attempt(mail, 0)).isInstanceOf(Outcome.Done.class);
            Mail notice = line.spool.mails.values().stream()
                    .filter(other -> !other.id().equals(mail.id()))
                    .findFirst()
                    .orElseThrow();

            assertThat(line.attempt(notice, 0)).isInstanceOf(Outcome.Done.class);

            assertThat(home.heard()).contains("MAIL FROM:<>", "RCPT TO:<alice@sender.example>");
            MimeMessage received = new MimeMessage(
                    (Session) null, new ByteArrayInputStream(home.messages().getFirst()));
            assertThat(received.getContentType()).contains("multipart/report", "report-type=delivery-status");
            MimeMultipart parts = new MimeMultipart(received.getDataHandler().getDataSource());
            assertThat(parts.getCount()).isEqualTo(3);
            try (InputStream in = parts.getBodyPart(1).getInputStream()) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                        .contains(
                                "Final-Recipient: rfc822; bob@example.com", "Diagnostic-Code: smtp; 550 5.1.1 unknown");
            }
            try (InputStream in = parts.getBodyPart(2).getInputStream()) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("Subject: gr\u00fcn");
            }
        }
    }
}
