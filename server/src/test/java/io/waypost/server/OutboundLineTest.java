package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.waypost.server.support.Ports;
import io.waypost.server.support.RelaySink;
import io.waypost.server.support.Sender;
import io.waypost.server.support.Setup;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves: notices and forwards, accepted by the same store and delivered to a relay or a route. */
class OutboundLineTest {

    private static final String MESSAGE =
            "From: <alice@sender.test>\r\nTo: <box@example.test>\r\nSubject: A printer\r\n\r\non fire\r\n";
    private static final String RULES = """
            name: main
            active: true
            rules:
              - name: closed
                recipients: [closed@example.test]
                actions:
                  - s3: { bucket: mail }
                  - bounce: { code: 550, status: 5.2.1, message: "Mailbox closed" }
              - name: refused
                recipients: [refused@example.test]
                actions: [ { reject: { code: 552, status: 5.3.4, message: "Larger than we take" } } ]
              - name: away
                recipients: [away@example.test]
                actions: [ { forward: { to: bob@away.test, from: owner@example.test } } ]
              - name: wrong
                recipients: [wrong@example.test]
                actions: [ { forward: { to: nobody@elsewhere.test, from: owner@elsewhere.test } } ]
            """;

    @TempDir
    Path folder;

    private Setup setup(int relayPort, int routePort) throws IOException {
        return new Setup(folder)
                .with("outbound: { relay: \"127.0.0.1:%d\", routes: { away.test: \"127.0.0.1:%d\" } }%n"
                        .formatted(relayPort, routePort))
                .rules(RULES)
                .write();
    }

    private static String send(Setup setup, String from, String to) throws IOException {
        try (Sender sender = new Sender(setup.smtpPort())) {
            return sender.send(from, to, MESSAGE.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static GreenMail greenMail(int port) {
        GreenMail greenMail = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        greenMail.start();
        return greenMail;
    }

    private static void awaitTaken(RelaySink relay, Setup setup) {
        await().atMost(Duration.ofSeconds(20)).until(() -> !relay.taken().isEmpty());
        InProcess.awaitSettled(setup);
        assertThat(relay.taken()).as("taken once").hasSize(1);
    }

    @Test
    void aBounceBehindAnActionBecomesOneNoticeFromTheNullPath() throws Exception {
        try (RelaySink relay = new RelaySink()) {
            Setup setup = setup(relay.port(), Ports.free());
            try (Server server = InProcess.start(setup)) {
                String reply = send(setup, "alice@sender.test", "closed@example.test");
                assertThat(reply).startsWith("250 2.0.0 ");
                awaitTaken(relay, setup);

                RelaySink.Taken notice = relay.taken().getFirst();
                assertThat(notice.from()).startsWith("<>");
                assertThat(notice.to()).singleElement().asString().startsWith("<alice@sender.test>");
                MimeMessage message = new MimeMessage(
                        Session.getInstance(new Properties()),
                        new ByteArrayInputStream(notice.content().getBytes(StandardCharsets.ISO_8859_1)));
                assertThat(message.getContentType()).contains("multipart/report", "report-type=delivery-status");
                assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-replied");
                MimeMultipart parts = (MimeMultipart) message.getContent();
                assertThat(parts.getBodyPart(1).getContentType()).startsWith("message/delivery-status");
                assertThat(new String(parts.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .contains("Final-Recipient: rfc822; closed@example.test", "Action: failed", "Status: 5.2.1")
                        .contains("Diagnostic-Code: smtp; 550 5.2.1 Mailbox closed");
                assertThat(new String(parts.getBodyPart(2).getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .contains("Subject: A printer")
                        .doesNotContain("on fire");
                assertThat(setup.data().resolve("objects/mail/" + Sender.idOf(reply)))
                        .as("the action before the bounce")
                        .exists();
            }
        }
    }

    @Test
    void theNullPathIsNeverTold() throws Exception {
        try (RelaySink relay = new RelaySink()) {
            Setup setup = setup(relay.port(), Ports.free());
            try (Server server = InProcess.start(setup)) {
                String reply = send(setup, "", "closed@example.test");
                assertThat(reply).startsWith("250 ");
                InProcess.awaitSettled(setup);
                assertThat(relay.taken()).isEmpty();
                assertThat(Ran.trace(setup, Sender.idOf(reply))).contains("action 1", "null");
            }
        }
    }

    @Test
    void aRejectRefusesInTheSessionAndKeepsNothing() throws Exception {
        try (RelaySink relay = new RelaySink()) {
            Setup setup = setup(relay.port(), Ports.free());
            try (Server server = InProcess.start(setup);
                    Sender sender = new Sender(setup.smtpPort())) {
                sender.command("MAIL FROM:<alice@sender.test>");
                assertThat(sender.command("RCPT TO:<refused@example.test>")).isEqualTo("552 5.3.4 Larger than we take");
                assertThat(InProcess.figures(setup).unsettled()).isZero();
                assertThat(relay.taken()).isEmpty();
            }
        }
    }

    @Test
    void aForwardReachesItsRouteAsItCame() throws Exception {
        int route = Ports.free();
        GreenMail greenMail = greenMail(route);
        try (RelaySink relay = new RelaySink()) {
            Setup setup = setup(relay.port(), route);
            try (Server server = InProcess.start(setup)) {
                String reply = send(setup, "alice@sender.test", "away@example.test");
                assertThat(greenMail.waitForIncomingEmail(20_000, 1)).isTrue();
                InProcess.awaitSettled(setup);

                assertThat(greenMail.getReceivedMessages()).hasSize(1);
                MimeMessage message = greenMail.getReceivedMessages()[0];
                assertThat(GreenMailUtil.getWholeMessage(message))
                        .contains("X-Waypost-Loop: ", "id " + Sender.idOf(reply))
                        .doesNotContain("alice@sender.test>\r\nReceived");
                assertThat(GreenMailUtil.getWholeMessage(message).strip()).endsWith(MESSAGE.strip());
                assertThat(relay.taken()).as("the route, not the relay").isEmpty();
            }
        } finally {
            greenMail.stop();
        }
    }

    @Test
    void aForwardThatFailsForGoodIsReportedToItsReversePath() throws Exception {
        try (RelaySink relay = new RelaySink()) {
            Setup setup = setup(relay.port(), Ports.free());
            try (Server server = InProcess.start(setup)) {
                send(setup, "alice@sender.test", "wrong@example.test");
                awaitTaken(relay, setup);

                RelaySink.Taken notice = relay.taken().getFirst();
                assertThat(notice.from()).startsWith("<>");
                assertThat(notice.to()).singleElement().asString().startsWith("<owner@elsewhere.test>");
                assertThat(notice.content())
                        .contains("Final-Recipient: rfc822; nobody@elsewhere.test")
                        .contains("550 5.1.1 Nobody of that name here");
            }
        }
    }

    @Test
    void aServerThatIsDownGetsTheMailWhenItIsBack() throws Exception {
        int route = Ports.free();
        Setup setup = setup(Ports.free(), route);
        try (Server server = InProcess.start(setup)) {
            send(setup, "alice@sender.test", "away@example.test");
            Path log = setup.data().resolve("log/mail.jsonl");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Files.exists(log)
                            && Files.readAllLines(log).stream()
                                            .filter(line -> line.contains("\"smtp:127.0.0.1:" + route)
                                                    && line.contains("\"retry\""))
                                            .count()
                                    >= 2);
            GreenMail greenMail = greenMail(route);
            try {
                assertThat(greenMail.waitForIncomingEmail(20_000, 1)).isTrue();
                InProcess.awaitSettled(setup);
                assertThat(greenMail.getReceivedMessages()).hasSize(1);
            } finally {
                greenMail.stop();
            }
        }
    }
}
