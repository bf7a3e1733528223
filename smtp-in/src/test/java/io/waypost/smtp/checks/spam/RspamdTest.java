package io.waypost.smtp.checks.spam;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.ReversePath;
import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts;
import io.waypost.message.host.HostAddresses;
import io.waypost.smtp.checks.Deadline;
import io.waypost.smtp.checks.ScriptedPeer;
import io.waypost.smtp.testing.FakeDns;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rspamd as it may misbehave. */
@Timeout(60)
class RspamdTest {

    private static final MessageContent MAIL =
            MessageContent.of("Subject: x\r\n\r\nbody\r\n".repeat(50).getBytes(StandardCharsets.US_ASCII));
    private static final MessageId ID = new MessageId("0".repeat(40));
    private static final Envelope ENVELOPE = Envelope.of(
            ReversePath.of(EmailAddress.of("\"a\r\nX-Evil: yes\"@sender.example")),
            List.of(EmailAddress.of("bob@example.com"), EmailAddress.of("ü@example.com")),
            new Client(
                    InetAddress.ofLiteral("192.0.2.25"),
                    4711,
                    "mx\nX-Evil: yes",
                    "ESMTPS",
                    Optional.of(new Client.Tls("TLSv1.3", "TLS_AES_128_GCM_SHA256"))));

    private static Rspamd at(int port, Duration timeout) {
        return new Rspamd(
                new RspamdSettings(URI.create("http://127.0.0.1:" + port), Optional.of("secret"), timeout, 4, 100_000),
                new HostAddresses(new FakeDns()));
    }

    private static Verdicts.Spam scan(Rspamd rspamd) {
        return rspamd.scan(MAIL, ENVELOPE, ID, Optional.of("mx.sender.example"), Deadline.in(Duration.ofSeconds(30)));
    }

    /** The request's head, when all of the request was read. */
    private static String request(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("ended");
            }
            head.append((char) c);
        }
        in.skipNBytes(MAIL.size());
        return head.toString();
    }

    private static void answer(Socket socket, String status, String body) throws IOException {
        socket.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String json(String action, double score) {
        return "{\"action\":\"" + action + "\",\"score\":" + score + ",\"required_score\":15,\"is_skipped\":false,"
                + "\"symbols\":{\"SMALL\":{\"name\":\"SMALL\",\"score\":0.1,\"options\":[\"x\"]},\"BIG\":{\"score\":-3.5}},"
                + "\"messages\":{},\"urls\":[[{}]]}";
    }

    @ParameterizedTest
    @CsvSource({
        "no action, PASS",
        "greylist, GRAY",
        "soft reject, GRAY",
        "add header, FAIL",
        "rewrite subject, FAIL",
        "reject, FAIL",
        "quarantine, FAIL",
        "discard, FAIL",
        "dance, PROCESSING_FAILED",
    })
    void eachActionHasItsVerdict(String action, Status status) throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(socket -> {
                    request(socket);
                    answer(socket, "200 OK", json(action, 4.5));
                });
                Rspamd rspamd = at(peer.port(), Duration.ofSeconds(20))) {
            Verdicts.Spam spam = scan(rspamd);
            assertThat(spam.verdict().status()).isEqualTo(status);
            if (status != Status.PROCESSING_FAILED) {
                assertThat(spam.verdict().result()).isEqualTo(action);
                assertThat(spam.verdict().reason()).isEqualTo("4.5 of 15.0: BIG(-3.5) SMALL(0.1)");
                assertThat(spam.score()).hasValue(4.5);
                assertThat(spam.symbols()).containsExactly("BIG", "SMALL");
            } else {
                assertThat(spam.score()).isEmpty();
            }
        }
    }

    @Test
    void theEnvelopeIsToldAndCannotForgeALine() throws Exception {
        List<String> heads = new CopyOnWriteArrayList<>();
        try (ScriptedPeer peer = new ScriptedPeer(socket -> {
                    heads.add(request(socket));
                    answer(socket, "200 OK", json("no action", 0));
                });
                Rspamd rspamd = at(peer.port(), Duration.ofSeconds(20))) {
            assertThat(scan(rspamd).verdict().status()).isEqualTo(Status.PASS);
        }
        assertThat(heads.getFirst().split("\r\n"))
                .contains(
                        "POST /checkv2 HTTP/1.1",
                        "Queue-Id: " + ID,
                        "IP: 192.0.2.25",
                        "Helo: mx?X-Evil: yes",
                        "Hostname: mx.sender.example",
                        "From: \"a??X-Evil: yes\"@sender.example",
                        "Rcpt: bob@example.com",
                        "Rcpt: \u00c3\u00bc@example.com",
                        "TLS-Version: TLSv1.3",
                        "TLS-Cipher: TLS_AES_128_GCM_SHA256",
                        "Password: secret",
                        "Content-Length: " + MAIL.size())
                .noneMatch(line -> line.startsWith("X-Evil"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pong",
                "[]",
                "{}",
                "{\"action\":\"no action\"}",
                "{\"score\":1}",
                "{\"action\":\"no action\",\"score\":\"high\"}",
                "{\"action\":\"no action\",\"score\":NaN}",
                "{\"action\":\"no action\",\"score\":1",
                "{\"action\":\"no action\",\"score\":1e999}",
                "{\"error\":\"cannot\"}",
            })
    void nonsenseIsNoPass(String body) throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(socket -> {
                    request(socket);
                    answer(socket, "200 OK", body);
                });
                Rspamd rspamd = at(peer.port(), Duration.ofSeconds(20))) {
            assertThat(scan(rspamd).verdict().status()).isEqualTo(Status.PROCESSING_FAILED);
            assertThat(scan(rspamd).verdict().reason()).startsWith("rspamd: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 Broken", "403 Forbidden", "302 Found", "204 Empty"})
    void anotherStatusIsNoPass(String status) throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(socket -> {
                    request(socket);
                    answer(socket, status, status.startsWith("204") ? "" : json("no action", 0));
                });
                Rspamd rspamd = at(peer.port(), Duration.ofSeconds(20))) {
            assertThat(scan(rspamd).verdict().reason()).isEqualTo("rspamd: HTTP " + status.substring(0, 3));
        }
    }

    @Test
    void whoSaysNothingOrDripsIsNotWaitedForForever() throws Exception {
        Duration limit = Duration.ofMillis(500);
        ScriptedPeer[] self = new ScriptedPeer[1];
        List<ScriptedPeer.Script> scripts = List.of(
                socket -> self[0].hang(),
                socket -> {
                    request(socket);
                    self[0].hang();
                },
                socket -> {
                    request(socket);
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{"
                                    .getBytes(StandardCharsets.US_ASCII));
                    self[0].hang();
                });
        for (ScriptedPeer.Script script : scripts) {
            try (ScriptedPeer peer = new ScriptedPeer(script);
                    Rspamd rspamd = at(peer.port(), limit)) {
                self[0] = peer;
                Verdicts.Spam spam = scan(rspamd);
                assertThat(spam.verdict().status()).isEqualTo(Status.PROCESSING_FAILED);
                assertThat(spam.verdict().took()).isBetween(limit.minusMillis(50), Duration.ofSeconds(10));
            }
        }
    }

    @Test
    void aConnectionIsUsedAgainAndReplacedWhenItHasEnded() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(socket -> {
                    for (int i = 0; i < 3; i++) {
                        request(socket);
                        answer(socket, "200 OK", json("no action", 0));
                    }
                });
                Rspamd rspamd = at(peer.port(), Duration.ofSeconds(20))) {
            for (int i = 0; i < 7; i++) {
                assertThat(scan(rspamd).verdict().status()).isEqualTo(Status.PASS);
            }
            assertThat(peer.connections.get()).isBetween(3, 4);
        }
    }

    @Test
    void whatIsTooLargeIsNotSentAndNoPass() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(Socket::close);
                Rspamd rspamd = at(peer.port(), Duration.ofSeconds(20))) {
            Verdicts.Spam spam = rspamd.scan(
                    MessageContent.of(new byte[100_001]),
                    ENVELOPE,
                    ID,
                    Optional.empty(),
                    Deadline.in(Duration.ofSeconds(30)));
            assertThat(spam.verdict().status()).isEqualTo(Status.GRAY);
            assertThat(peer.connections).hasValue(0);
        }
    }
}
