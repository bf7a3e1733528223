package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.waypost.server.support.HookSink;
import io.waypost.server.support.Ports;
import io.waypost.server.support.Sender;
import io.waypost.server.support.Setup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mailet, a Camel endpoint and a topic's subscriber on the whole server. GreenMail reads with jakarta.mail what a mailet wrote with
 * javax.mail: both live on one class path.
 */
class ActionsTest {

    private static final byte[] MESSAGE =
            "From: <alice@sender.test>\r\nSubject: A printer\r\n\r\non fire\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    /** The program's own rule sets have version 0, which no file's and no API's set ever has. */
    @Test
    void aRuleSetMayHaveTheNameOfOneOfTheProgramsOwn() throws Exception {
        for (String name : List.of("outbound", "topics")) {
            Setup setup = new Setup(Files.createDirectories(folder.resolve(name)))
                    .rules("name: " + name
                            + "\nactive: true\nrules: [ { name: deliver-1, actions: [ { s3: { bucket: mail } } ] } ]\n")
                    .write();
            try (Server server = InProcess.start(setup);
                    Sender sender = new Sender(setup.smtpPort())) {
                String id = Sender.idOf(sender.send("alice@sender.test", "a@example.test", MESSAGE));
                InProcess.awaitSettled(setup);
                assertThat(setup.data().resolve("objects/mail").resolve(id)).isRegularFile();
            }
        }
    }

    @Test
    void aMailetAnEndpointAndATopicTakeTheMail() throws Exception {
        int hookPort = Ports.free();
        int relay = Ports.free();
        GreenMail greenMail = new GreenMail(new ServerSetup(relay, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        greenMail.start();
        Path archive = folder.resolve("archive");
        Setup setup = new Setup(folder)
                .with("""
                        outbound: { relay: "127.0.0.1:%d" }
                        endpoints: { archive: "file:%s?fileName=$simple{header.waypostMessageId}.eml&forceWrites=true" }
                        topics:
                          inbound:
                            - { http: "http://127.0.0.1:%d/sns", secret: sixteen-characters-at-least, allowPrivate: true }
                            - { camel: "file:%s?fileName=$simple{header.WaypostMessageId}.json" }
                        """.formatted(relay, archive, hookPort, folder.resolve("notices")))
                .rules("""
                        name: main
                        active: true
                        rules:
                          - name: prefixed
                            actions:
                              - mailet: { class: AddSubjectPrefix, parameters: { subjectPrefix: "[HELP]" } }
                              - endpoint: { to: archive }
                              - forward: { to: bob@far.test, from: owner@example.test }
                          - name: told
                            actions: [ { notify: { topic: inbound, content: base64 } } ]
                        """)
                .write();
        try (HookSink consumer = new HookSink(hookPort);
                Server server = InProcess.start(setup);
                Sender sender = new Sender(setup.smtpPort())) {
            String id = Sender.idOf(sender.send("alice@sender.test", "box@example.test", MESSAGE));
            await().atMost(Duration.ofSeconds(30)).until(() -> greenMail.getReceivedMessages().length > 0);
            InProcess.awaitSettled(setup);

            MimeMessage forwarded = greenMail.getReceivedMessages()[0];
            assertThat(forwarded.getSubject()).isEqualTo("[HELP] A printer");
            String archived = Files.readString(archive.resolve(id + ".eml"));
            assertThat(archived)
                    .startsWith("Return-Path: <alice@sender.test>")
                    .contains("Subject: [HELP] A printer\r\n")
                    .endsWith("\r\n\r\non fire\r\n");

            assertThat(consumer.taken()).hasSize(1);
            byte[] envelope = consumer.taken().values().iterator().next().getFirst();
            JsonNode sns = new ObjectMapper().readTree(envelope);
            assertThat(sns.path("Type").asText()).isEqualTo("Notification");
            JsonNode notification =
                    new ObjectMapper().readTree(sns.path("Message").asText());
            assertThat(notification.path("notificationType").asText()).isEqualTo("Received");
            assertThat(notification.path("mail").path("messageId").asText()).isEqualTo(id);
            assertThat(notification.path("receipt").path("recipients").get(0).asText())
                    .isEqualTo("box@example.test");
            byte[] content =
                    Base64.getMimeDecoder().decode(notification.path("content").asText());
            assertThat(new String(content, StandardCharsets.UTF_8))
                    .as("another rule's mailet changed nothing here")
                    .contains("Subject: A printer\r\n");
            try (var notices = Files.list(folder.resolve("notices"))) {
                assertThat(notices).singleElement().satisfies(notice -> assertThat(
                                new ObjectMapper().readTree(notice.toFile()))
                        .isEqualTo(notification));
            }
        } finally {
            greenMail.stop();
        }
    }

    @Test
    void aBounceAndAStopTellTheirTopic() throws Exception {
        int hookPort = Ports.free();
        Setup setup = new Setup(folder).with("""
                        topics: { gone: [ { http: "http://127.0.0.1:%d/", secret: sixteen-characters-at-least, allowPrivate: true } ] }
                        """.formatted(hookPort)).rules("""
                        name: main
                        active: true
                        rules:
                          - name: left
                            actions:
                              - bounce: { message: "Has left", topic: gone }
                              - stop: { scope: ruleSet, topic: gone }
                          - name: never
                            actions: [ { s3: { bucket: mail } } ]
                        """).write();
        try (HookSink consumer = new HookSink(hookPort);
                Server server = InProcess.start(setup);
                Sender sender = new Sender(setup.smtpPort())) {
            // From the null path, so that no notice of failure waits for a relay.
            assertThat(sender.send("", "box@example.test", MESSAGE)).startsWith("250 2.0.0 Ok ");
            InProcess.awaitSettled(setup);

            assertThat(consumer.taken().values().stream().flatMap(List::stream).map(ActionsTest::action))
                    .containsExactlyInAnyOrder(
                            "{\"type\":\"Bounce\",\"topicArn\":\"arn:aws:sns:us-east-1:000000000000:gone\","
                                    + "\"smtpReplyCode\":\"550\",\"statusCode\":\"5.1.1\",\"message\":\"Has left\","
                                    + "\"sender\":\"mailer-daemon@mx.example.test\"}",
                            "{\"type\":\"Stop\",\"topicArn\":\"arn:aws:sns:us-east-1:000000000000:gone\"}");
            assertThat(setup.data().resolve("objects/mail")).doesNotExist();
        }
    }

    private static String action(byte[] envelope) {
        try {
            ObjectMapper json = new ObjectMapper();
            JsonNode notification =
                    json.readTree(json.readTree(envelope).path("Message").asText());
            return notification.at("/receipt/action").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
