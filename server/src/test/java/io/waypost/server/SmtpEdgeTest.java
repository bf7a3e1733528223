package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.server.support.Http;
import io.waypost.server.support.Ports;
import io.waypost.server.support.Sender;
import io.waypost.server.support.Sent;
import io.waypost.server.support.Setup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The edges of SMTP on the whole server: TLS, proxies, chunks, refusals, a full disk. */
class SmtpEdgeTest {

    private static final byte[] MESSAGE = "Subject: x\r\n\r\n..dots\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String RULES = """
            name: main
            active: true
            rules:
              - name: keep
                recipients: [box@example.test]
                actions: [ { s3: { bucket: mail } } ]
              - name: secret
                recipients: [secret@example.test]
                tls: require
                actions: [ { s3: { bucket: mail } } ]
            """;

    @TempDir
    Path folder;

    private Setup setup() throws IOException {
        return new Setup(folder).rules(RULES);
    }

    private static byte[] object(Setup setup, String id) throws IOException {
        InProcess.awaitSettled(setup);
        return Files.readAllBytes(setup.data().resolve("objects/mail/" + id));
    }

    @Test
    void tlsFromTheFirstByteAndByStartTls() throws Exception {
        int implicit = Ports.free();
        Setup setup = setup();
        setup.smtp("""
                smtp:
                  listeners:
                    - { address: "127.0.0.1:%d", tls: starttls }
                    - { address: "127.0.0.1:%d", tls: implicit }
                """.formatted(setup.smtpPort(), implicit)).write();
        try (Server server = InProcess.start(setup)) {
            try (Sender clear = new Sender(setup.smtpPort())) {
                clear.command("MAIL FROM:<alice@sender.test>");
                assertThat(clear.command("RCPT TO:<secret@example.test>")).startsWith("550 5.7.10 ");
            }
            try (Sender upgraded = new Sender(setup.smtpPort())) {
                upgraded.startTls();
                String id = Sender.idOf(upgraded.send(
                        "alice@sender.test", "secret@example.test", Sent.message("x", 500, new Random(1))));
                assertThat(Ran.trace(setup, id)).contains("ESMTPS as sender.test, TLSv1.3 ");
            }
            try (Sender encrypted = Sender.implicitTls(implicit)) {
                String id = Sender.idOf(encrypted.send(
                        "alice@sender.test", "secret@example.test", Sent.message("x", 500, new Random(2))));
                assertThat(Ran.trace(setup, id)).contains("ESMTPS as sender.test, TLSv1.3 ");
                assertThat(new String(object(setup, id), StandardCharsets.US_ASCII))
                        .contains("with ESMTPS (TLSv1.3 ");
            }
        }
    }

    @Test
    void theClientIsTheOneThatATrustedProxyNames() throws Exception {
        Setup setup = setup();
        setup.smtp("smtp: { listeners: [ { address: \"127.0.0.1:%d\", tls: none, proxyProtocol: [127.0.0.1/32] } ] }%n"
                        .formatted(setup.smtpPort()))
                .write();
        byte[] second = HexFormat.of()
                .parseHex(
                        "0d0a0d0a000d0a515549540a" // the signature
                                + "21" + "21" + "0024" // PROXY, TCP over IPv6, 36 bytes
                                + "20010db8000000000000000000000025" + "20010db8000000000000000000000001" + "d431"
                                + "0019");
        try (Server server = InProcess.start(setup)) {
            assertThat(clientBehind(
                            setup, "PROXY TCP4 192.0.2.25 192.0.2.1 54321 25\r\n".getBytes(StandardCharsets.US_ASCII)))
                    .contains("client   192.0.2.25, ESMTP as sender.test");
            assertThat(clientBehind(setup, second)).contains("client   2001:db8:0:0:0:0:0:25, ESMTP as sender.test");
            try (Sender direct =
                    Sender.behindProxy(setup.smtpPort(), "EHLO sender.test\r\n".getBytes(StandardCharsets.US_ASCII))) {
                assertThat(direct.reply()).startsWith("554 5.5.0 ");
            }
        }
    }

    @Test
    void aBlockedClientIsTurnedAwayAtTheGreetingLoggedAndCounted() throws Exception {
        Setup setup = setup();
        setup.smtp("smtp: { listeners: [ { address: \"127.0.0.1:%d\", tls: none, proxyProtocol: [127.0.0.1/32] } ] }%n"
                        .formatted(setup.smtpPort()))
                .with("filters: [ { block: 192.0.2.0/24, name: noisy }, { allow: 192.0.2.7 }, { block: \"::/0\" } ]\n")
                .write();
        try (Server server = InProcess.start(setup)) {
            assertThat(greeting(setup, "TCP4 192.0.2.25 192.0.2.1")).startsWith("554 5.7.1 ");
            assertThat(greeting(setup, "TCP6 2001:db8::25 2001:db8::1")).startsWith("554 5.7.1 ");
            assertThat(greeting(setup, "TCP4 192.0.2.7 192.0.2.1")).startsWith("220 ");
            assertThat(greeting(setup, "TCP4 198.51.100.7 192.0.2.1")).startsWith("220 ");
            assertThat(Http.get(setup.httpPort(), "/metrics").body())
                    .contains(
                            "waypost_clients_blocked_total{rule=\"filter:noisy\"} 1.0",
                            "waypost_clients_blocked_total{rule=\"filter:0:0:0:0:0:0:0:0/0\"} 1.0",
                            "waypost_smtp_refusals_total{reason=\"filter\",stage=\"connect\"} 2.0");
        }
        assertThat(Files.readString(setup.data().resolve("log/mail.jsonl")))
                .contains("\"remoteIp\":\"192.0.2.25\"", "\"reason\":\"filter:noisy\"");
    }

    private static String greeting(Setup setup, String header) throws IOException {
        byte[] line = ("PROXY " + header + " 54321 25\r\n").getBytes(StandardCharsets.US_ASCII);
        try (Sender sender = Sender.behindProxy(setup.smtpPort(), line)) {
            return sender.reply();
        }
    }

    private static String clientBehind(Setup setup, byte[] header) throws IOException {
        try (Sender sender = Sender.behindProxy(setup.smtpPort(), header)) {
            assertThat(sender.reply()).startsWith("220 ");
            sender.command("EHLO sender.test");
            return Ran.trace(
                    setup,
                    Sender.idOf(sender.send(
                            "alice@sender.test", "box@example.test", Sent.message("x", 500, new Random(3)))));
        }
    }

    @Test
    void whoIsNotHereIsRefusedAtRcpt() throws Exception {
        Setup setup = setup().write();
        try (Server server = InProcess.start(setup);
                Sender sender = new Sender(setup.smtpPort())) {
            sender.command("MAIL FROM:<alice@sender.test>");
            assertThat(sender.command("RCPT TO:<nobody@example.test>")).startsWith("550 5.1.1 ");
            assertThat(sender.command("RCPT TO:<box@else.test>")).startsWith("550 5.7.1 ");
            assertThat(sender.command("DATA")).startsWith("554 5.5.1 ");
        }
    }

    @Test
    void chunksAreOneMailByteForByte() throws Exception {
        Setup setup = setup().write();
        try (Server server = InProcess.start(setup);
                Sender sender = new Sender(setup.smtpPort())) {
            sender.command("MAIL FROM:<alice@sender.test>");
            sender.command("RCPT TO:<box@example.test>");
            sender.write("BDAT 15\r\n".getBytes(StandardCharsets.US_ASCII));
            sender.write(Arrays.copyOf(MESSAGE, 15));
            assertThat(sender.reply()).startsWith("250 ");
            sender.write("BDAT %d LAST\r\n".formatted(MESSAGE.length - 15).getBytes(StandardCharsets.US_ASCII));
            sender.write(Arrays.copyOfRange(MESSAGE, 15, MESSAGE.length));
            String reply = sender.reply();
            assertThat(reply).startsWith("250 2.0.0 ");
            assertThat(Sent.of(MESSAGE).isEndOf(object(setup, Sender.idOf(reply))))
                    .isTrue();
        }
    }

    @Test
    void aMailOverTheLimitIsRefusedAndNothingOfItIsKept() throws Exception {
        Setup setup = setup();
        setup.smtp("smtp: { listeners: [ { address: \"127.0.0.1:%d\", tls: none } ], limits: { messageSize: 100KB } }%n"
                        .formatted(setup.smtpPort()))
                .write();
        try (Server server = InProcess.start(setup);
                Sender sender = new Sender(setup.smtpPort())) {
            assertThat(sender.command("MAIL FROM:<alice@sender.test> SIZE=100001"))
                    .startsWith("552 5.3.4 ");
            String refused =
                    sender.send("alice@sender.test", "box@example.test", Sent.message("x", 150_000, new Random(4)));
            assertThat(refused).startsWith("552 5.3.4 ");
            String taken =
                    sender.send("alice@sender.test", "box@example.test", Sent.message("x", 90_000, new Random(5)));
            assertThat(taken).startsWith("250 ");
            InProcess.awaitSettled(setup);
            assertThat(setup.data().resolve("objects/mail")).isDirectoryContaining("glob:**" + Sender.idOf(taken));
            try (var objects = Files.list(setup.data().resolve("objects/mail"))) {
                assertThat(objects).hasSize(1);
            }
        }
    }

    @Test
    void aFullDiskIsATransientRefusalAndNotReady() throws Exception {
        // More is kept in reserve than the disk has: for the store it is full.
        Setup setup = setup().with("store: { reserve: 1000GB }\n").write();
        try (Server server = InProcess.start(setup);
                Sender sender = new Sender(setup.smtpPort())) {
            assertThat(sender.command("MAIL FROM:<alice@sender.test>")).startsWith("250");
            assertThat(sender.command("RCPT TO:<box@example.test>")).startsWith("250");
            assertThat(sender.command("DATA")).startsWith("452 4.3.1 ");
            var ready = Http.get(setup.httpPort(), "/readyz");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("\"store\"");
            assertThat(Http.get(setup.httpPort(), "/healthz").statusCode()).isEqualTo(200);
        }
    }
}
