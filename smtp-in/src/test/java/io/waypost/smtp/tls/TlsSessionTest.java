package io.waypost.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Domain;
import io.waypost.smtp.Limits;
import io.waypost.smtp.ListenerSettings;
import io.waypost.smtp.SmtpSettings;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.session.TestLimits;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsSessionTest {

    private static TestServer server(TlsMode tls) throws Exception {
        return new TestServer(Limits.DEFAULT, tls, List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void mailComesEncryptedAndAllThatWasSaidInClearIsForgotten(String version) throws Exception {
        try (TestServer server = server(TlsMode.STARTTLS);
                RawClient client = server.connect()) {
            client.reply();
            client.send("EHLO client.example\r\n");
            assertThat(ehlo(client)).contains("STARTTLS");
            client.command("MAIL FROM:<evil@sender.example>");
            assertThat(client.command("STARTTLS")).startsWith("220 2.0.0");
            client.startTls(version);
            assertThat(client.command("RCPT TO:<bob@example.com>")).startsWith("503");
            assertThat(client.command("MAIL FROM:<alice@sender.example>")).startsWith("503 5.5.1 EHLO first");
            client.send("EHLO client.example\r\n");
            assertThat(ehlo(client)).doesNotContain("STARTTLS");
            assertThat(client.command("STARTTLS")).startsWith("503");
            client.command("MAIL FROM:<alice@sender.example> SMTPUTF8");
            client.command("RCPT TO:<bob@example.com>");
            client.command("DATA");
            client.send("x\r\n".repeat(30_000) + ".\r\n");
            assertThat(client.reply()).startsWith("250 2.0.0 Ok");
            assertThat(client.command("QUIT")).startsWith("221");

            var mail = server.spool.stored.getFirst();
            assertThat(mail.text()).isEqualTo("x\r\n".repeat(30_000));
            assertThat(mail.trace()).contains("with UTF8SMTPS (" + version + " TLS_");
            assertThat(mail.acceptance().envelope().client().tls().orElseThrow().version())
                    .isEqualTo(version);
        }
    }

    private static List<String> ehlo(RawClient client) throws Exception {
        List<String> keywords = new java.util.ArrayList<>();
        String line;
        do {
            line = client.line();
            keywords.add(line.substring(4));
        } while (line.charAt(3) == '-');
        return keywords;
    }

    @Test
    void whatCameInClearBehindStarttlsIsNeverExecuted() throws Exception {
        try (TestServer server = server(TlsMode.STARTTLS);
                RawClient client = server.connect()) {
            client.reply();
            client.command("EHLO client.example");
            client.send("STARTTLS\r\nEHLO evil.example\r\nMAIL FROM:<evil@sender.example>\r\n");
            assertThat(client.reply()).startsWith("554 5.5.0");
            assertThat(client.line()).isNull();
            assertThat(server.log.refusals()).containsExactly("STARTTLS data-before-tls");
        }
    }

    @Test
    void plainTextInsteadOfAHandshakeEndsTheConnection() throws Exception {
        try (TestServer server = server(TlsMode.STARTTLS);
                RawClient client = server.connect()) {
            client.reply();
            client.command("EHLO client.example");
            client.command("STARTTLS");
            client.send("EHLO client.example\r\nMAIL FROM:<evil@sender.example>\r\n");
            assertThat(client.rest()).doesNotContain("250");
        }
        try (TestServer server = server(TlsMode.IMPLICIT);
                RawClient client = server.connect()) {
            client.send("EHLO client.example\r\n");
            assertThat(client.rest()).doesNotContain("220").doesNotContain("250");
        }
    }

    @Test
    void implicitTlsGreetsUnderTls() throws Exception {
        try (TestServer server = server(TlsMode.IMPLICIT);
                RawClient client = server.connect()) {
            client.startTls();
            assertThat(client.reply()).startsWith("220");
            client.send("EHLO client.example\r\n");
            assertThat(ehlo(client)).doesNotContain("STARTTLS");
            assertThat(client.command("STARTTLS")).startsWith("503");
        }
    }

    @Test
    void aHandshakeThatStallsIsCutOff() throws Exception {
        try (TestServer server = new TestServer(
                        TestLimits.timeouts(Duration.ofMillis(300), Duration.ofSeconds(5)),
                        TlsMode.IMPLICIT,
                        List.of());
                RawClient client = server.connect()) {
            client.send(new byte[] {0x16, 0x03, 0x01});
            client.rest();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.smtp.connections()).isZero());
        }
    }

    @Test
    void aTimeoutUnderTlsEndsTheConnection() throws Exception {
        try (TestServer server = new TestServer(
                        TestLimits.timeouts(Duration.ofMillis(300), Duration.ofSeconds(5)),
                        TlsMode.IMPLICIT,
                        List.of());
                RawClient client = server.connect()) {
            client.startTls();
            assertThat(client.reply()).startsWith("220");
            assertThat(client.line()).startsWith("421 4.4.2");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.smtp.connections()).isZero());
        }
    }

    @Test
    void theSelfSignedCertificateIsMadeOnceAndForItsOwnerOnly(@TempDir Path folder) throws Exception {
        Path keys = folder.resolve("keys");
        SmtpSettings settings = new SmtpSettings(
                "mx.example.com",
                new Domain("example.com"),
                List.of(new ListenerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TlsMode.IMPLICIT, List.of())),
                Optional.empty(),
                keys,
                Limits.DEFAULT);
        Certificate first = certificate(settings);
        assertThat(((X509Certificate) first).getSubjectAlternativeNames())
                .anySatisfy(name -> assertThat(name.get(1)).isEqualTo("mx.example.com"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("self-signed.p12"))))
                .isEqualTo("rw-------");
        assertThat(certificate(settings)).isEqualTo(first);
        try (var files = Files.list(keys)) {
            assertThat(files).hasSize(1);
        }
    }

    private static Certificate certificate(SmtpSettings settings) throws Exception {
        try (TestServer server = new TestServer(settings);
                RawClient client = server.connect()) {
            return client.startTls().getSession().getPeerCertificates()[0];
        }
    }
}
