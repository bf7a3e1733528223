package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.server.support.Postfix;
import io.waypost.server.support.Sender;
import io.waypost.server.support.Sent;
import io.waypost.server.support.Setup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The most common mail server on the other side, in both directions. */
class PostfixPeerTest {

    // What a relay must not touch: UTF-8 in the header, 8-bit text, dots at line starts, blanks at line ends.
    private static final byte[] MESSAGE = """
            From: Grüße <alice@sender.test>\r
            To: <bücher@example.test>\r
            Subject: Käse und 猫\r
            Message-ID: <1@sender.test>\r
            Date: Mon, 23 Nov 2026 08:00:00 +0000\r
            \r
            .a line that begins with a dot\r
            ..and one with two\r
            Ärger mit dem Drucker \r
            \tand a tab\r
            """.getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void mailComesFromPostfixUntouchedAndGoesToPostfix() throws Exception {
        Setup setup = new Setup(folder);
        setup.smtp(
                "smtp: { listeners: [ { address: \"127.0.0.1:%d\", tls: starttls } ] }%n".formatted(setup.smtpPort()));
        try (Postfix postfix = new Postfix(folder, setup.smtpPort())) {
            setup.with("outbound: { relay: \"127.0.0.1:%d\" }%n".formatted(postfix.port()))
                    .rules("""
                            name: main
                            active: true
                            rules:
                              - name: keep
                                actions:
                                  - s3: { bucket: mail }
                                  - forward: { to: bob@far.test, from: owner@example.test }
                            """)
                    .write();
            try (Server server = InProcess.start(setup)) {
                try (Sender sender = new Sender(postfix.port())) {
                    assertThat(sender.command(
                                    "MAIL FROM:<alice@sender.test> BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=order-7"))
                            .startsWith("250");
                    assertThat(sender.command(
                                    "RCPT TO:<bücher@example.test> NOTIFY=FAILURE ORCPT=rfc822;books@example.test"))
                            .startsWith("250");
                    assertThat(sender.command("DATA")).startsWith("354");
                    sender.write(new String(MESSAGE, StandardCharsets.ISO_8859_1)
                            .replace("\r\n.", "\r\n..")
                            .concat(".\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
                    assertThat(sender.reply()).startsWith("250");
                }
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(postfix.log())
                        .contains("Untrusted TLS connection established to 127.0.0.1")
                        .contains("to=<bücher@example.test>")
                        .contains("status=sent (250 2.0.0 Ok ")
                        .contains("to=<bob@far.test>"));
                InProcess.awaitSettled(setup);

                Path object = objects(setup).getFirst();
                byte[] stored = Files.readAllBytes(object);
                assertThat(Sent.of(MESSAGE).isEndOf(stored))
                        .as(new String(stored, StandardCharsets.UTF_8))
                        .isTrue();
                assertThat(new String(stored, StandardCharsets.UTF_8))
                        .contains(
                                " with UTF8SMTPS (TLSv1.3 ", "Received: from sender.test", "by postfix.test (Postfix)");
                String story = Ran.trace(setup, object.getFileName().toString());
                assertThat(story)
                        .contains(
                                "from     <alice@sender.test>",
                                "to       bücher@example.test",
                                "UTF8SMTPS as postfix.test");
                String submission = story.replaceAll("(?s).*action 1 [^\\n]*?([0-9a-v]{40}).*", "$1");
                assertThat(Ran.trace(setup, submission))
                        .contains("submitted, ", "to       bob@far.test", "smtp:127.0.0.1:" + postfix.port())
                        .containsPattern("done: .*250 2\\.0\\.0 Ok: queued as ");
            }
        }
    }

    private static List<Path> objects(Setup setup) throws Exception {
        try (Stream<Path> objects = Files.list(setup.data().resolve("objects/mail"))) {
            List<Path> found = objects.toList();
            assertThat(found).hasSize(1);
            return found;
        }
    }
}
