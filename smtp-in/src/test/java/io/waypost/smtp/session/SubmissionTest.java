package io.waypost.smtp.session;

import static io.waypost.smtp.testing.FakeAuthenticator.LOGIN;
import static io.waypost.smtp.testing.FakeAuthenticator.PASSWORD;
import static io.waypost.smtp.testing.FakeAuthenticator.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.EmailAddress;
import io.waypost.message.port.MailLog;
import io.waypost.message.port.StoreUnavailableException;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRefusedException.Reason;
import io.waypost.message.sending.SesMessageId;
import io.waypost.smtp.Limits;
import io.waypost.smtp.SessionObserver.LoginResult;
import io.waypost.smtp.SessionObserver.Result;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.testing.FakeSender;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import io.waypost.smtp.testing.Transcript;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Submission from the login to the 250, and everything that can come between. */
class SubmissionTest {

    private static final String SECOND =
            "MAIL FROM:<evil@example.com>\r\nRCPT TO:<b@far.example>\r\nDATA\r\nsmuggled\r\n.\r\n";

    private static TestServer server() throws Exception {
        return server(Limits.DEFAULT);
    }

    private static TestServer server(Limits limits) throws Exception {
        return TestServer.submission(TlsMode.IMPLICIT, limits);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String plain(String user, String password) {
        return "AUTH PLAIN " + base64("\0" + user + "\0" + password);
    }

    private static RawClient greeted(TestServer server) throws Exception {
        RawClient client = server.connectTls();
        assertThat(client.reply()).startsWith("220");
        assertThat(client.command("EHLO client.example")).startsWith("250");
        return client;
    }

    private static RawClient loggedIn(TestServer server) throws Exception {
        RawClient client = greeted(server);
        assertThat(client.command(plain(USER, PASSWORD))).isEqualTo("235 Authentication successful.");
        return client;
    }

    private static RawClient upToData(TestServer server) throws Exception {
        RawClient client = loggedIn(server);
        client.command("MAIL FROM:<app@example.com>");
        client.command("RCPT TO:<a@far.example>");
        assertThat(client.command("DATA")).startsWith("354");
        return client;
    }

    private static void assertNothingLeft(TestServer server) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(server.smtp.connections()).isZero());
        assertThat(server.spool.openDrafts).hasValue(0);
    }

    @Test
    void theSenderGetsScopeKeyPeerEnvelopeAndContent() throws Exception {
        try (TestServer server = server();
                RawClient client = loggedIn(server)) {
            client.command("MAIL FROM:<App@example.com>");
            client.command("RCPT TO:<a@far.example>");
            client.command("RCPT TO:<b@far.example>");
            client.command("RCPT TO:<a@far.example>");
            client.command("DATA");
            client.send("From: app@example.com\r\nX-SES-CONFIGURATION-SET: c\r\n\r\n..a dot\r\n\u00e4\r\n.\r\n");
            String reply = client.reply();

            assertThat(server.sender.sent).singleElement().satisfies(sent -> {
                assertThat(reply).isEqualTo("250 Ok " + SesMessageId.of(sent.id(), "us-west-2"));
                assertThat(sent.request().scope()).isEqualTo(LOGIN.scope());
                assertThat(sent.request().accessKey()).isEqualTo(USER);
                assertThat(sent.request().sourceIp())
                        .contains(client.socket().getLocalAddress().getHostAddress());
                assertThat(sent.request().operation()).isEqualTo("SendRawEmail");
                assertThat(sent.request().source()).contains(EmailAddress.of("App@example.com"));
                assertThat(sent.request().destinations())
                        .containsExactly(EmailAddress.of("a@far.example"), EmailAddress.of("b@far.example"));
                assertThat(sent.request().returnPath()).isEmpty();
                assertThat(sent.request().configurationSet()).isEmpty();
                assertThat(sent.request().tags()).isEmpty();
                assertThat(sent.content())
                        .isEqualTo("From: app@example.com\r\nX-SES-CONFIGURATION-SET: c\r\n\r\n.a dot\r\n\u00e4\r\n");
            });
            assertThat(client.command("QUIT")).isEqualTo("221 Bye");
            assertThat(server.routing.accepted).isEmpty();
            assertThat(server.spool.stored).isEmpty();
            assertThat(server.observer.results).isEqualTo(Map.of(Result.ACCEPTED, 1));
            assertThat(server.observer.logins).isEqualTo(Map.of(LoginResult.ACCEPTED, 1));
            assertNothingLeft(server);
        }
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyRefusalOfTheSenderHasAReply(Reason reason) throws Exception {
        String expected =
                switch (reason) {
                    case RATE_EXCEEDED -> "454 Throttling failure: Maximum sending rate exceeded.";
                    case DAILY_QUOTA_EXCEEDED -> "454 Throttling failure: Daily message quota exceeded.";
                    case TOO_LARGE -> "552 Message is too long.";
                    case INVALID_PARAMETER -> "554 Transaction failed: a? b? c";
                    case NOT_AUTHORIZED -> "554 Access denied: a? b? c";
                    default -> "554 Message rejected: a? b? c";
                };
        try (TestServer server = server();
                RawClient client = upToData(server)) {
            server.sender.refusal = new SendRefusedException(reason, "a\u00e4 b\n c");
            assertThat(client.command("x\r\n.")).isEqualTo(expected);
            assertThat(server.spool.openDrafts).hasValue(0);
            assertThat(server.log.refusals())
                    .containsExactly("DATA " + reason.name().toLowerCase().replace('_', '-'));
            assertThat(client.command("NOOP")).isEqualTo("250 Ok");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"failure", "fault", "full", "failing at the first octet", "full at DATA"})
    void whatFailsForNowIsPutOffInOneVoice(String what) throws Exception {
        try (TestServer server = server();
                RawClient client = loggedIn(server)) {
            client.command("MAIL FROM:<app@example.com>");
            client.command("RCPT TO:<a@far.example>");
            switch (what) {
                case "failure" -> server.sender.failure = new IOException("no disk at /secret/path");
                case "fault" -> server.sender.fault = new IllegalStateException("a bug");
                case "full" -> server.sender.failure = new StoreUnavailableException(true, "full");
                case "failing at the first octet" -> server.spool.onWrite = new StoreUnavailableException(false, "x");
                default -> server.spool.onDraft = new StoreUnavailableException(true, "full");
            }
            client.send("DATA\r\n");
            String reply = client.reply();
            if (reply.startsWith("354")) {
                reply = client.command("x\r\n.");
            }
            assertThat(reply).isEqualTo("451 Temporary service failure");
            assertThat(server.spool.openDrafts).hasValue(0);
            assertThat(server.sender.sent).isEmpty();
            assertThat(client.command("NOOP")).isEqualTo("250 Ok");
        }
    }

    @Test
    void limitsHaveTheWordsOfSes() throws Exception {
        try (TestServer server = server(TestLimits.messageSize(1000));
                RawClient client = upToData(server)) {
            assertThat(client.command("x".repeat(998) + "\r\nx\r\n.")).isEqualTo("552 Message is too long.");
            assertThat(server.sender.sent).isEmpty();
        }
        try (TestServer server = server(TestLimits.recipients(2));
                RawClient client = loggedIn(server)) {
            client.command("MAIL FROM:<app@example.com>");
            client.command("RCPT TO:<a@far.example>");
            client.command("RCPT TO:<b@far.example>");
            assertThat(client.command("RCPT TO:<c@far.example>")).isEqualTo("452 Too many recipients");
        }
        try (TestServer server = server(TestLimits.content(1, 1000, 10_000, 100));
                RawClient client = upToData(server)) {
            assertThat(client.command("Received: a\r\nReceived: b\r\n\r\nx\r\n."))
                    .isEqualTo("554 Too many hops, this mail is looping");
        }
        try (TestServer server = server(TestLimits.timeouts(Duration.ofMillis(300), Duration.ofMillis(300)))) {
            try (RawClient client = greeted(server)) {
                assertThat(client.reply()).isEqualTo("451 Timeout waiting for data from client.");
                assertThat(client.line()).isNull();
            }
            try (RawClient client = greeted(server)) {
                assertThat(client.command("AUTH LOGIN")).startsWith("334");
                assertThat(client.reply()).isEqualTo("451 Timeout waiting for data from client.");
            }
            assertNothingLeft(server);
        }
    }

    @Test
    void tooManyConnectionsAreTurnedAwayInTheWordsOfSes() throws Exception {
        for (Limits limits : new Limits[] {TestLimits.connections(1, 1), TestLimits.connections(2, 1)}) {
            try (TestServer server = TestServer.submission(TlsMode.STARTTLS, limits);
                    RawClient first = server.connect()) {
                assertThat(first.reply()).startsWith("220");
                try (RawClient second = server.connect()) {
                    assertThat(second.reply()).isEqualTo("421 Too many concurrent SMTP connections");
                    assertThat(second.line()).isNull();
                }
            }
        }
    }

    @Test
    void beforeTlsNobodyLogsInAndNothingIsTaken() throws Exception {
        try (TestServer server = TestServer.submission(TlsMode.STARTTLS, Limits.DEFAULT);
                RawClient client = server.connect()) {
            client.reply();
            client.send("EHLO client.example\r\n");
            String ehlo = "";
            for (String line = client.line(); ; line = client.line()) {
                ehlo += line + "\n";
                if (line.charAt(3) == ' ') {
                    break;
                }
            }
            assertThat(ehlo).contains("250-STARTTLS").doesNotContain("AUTH");
            assertThat(client.command(plain(USER, PASSWORD))).isEqualTo("530 Must issue a STARTTLS command first");
            assertThat(client.command("AUTH LOGIN")).startsWith("530");
            assertThat(client.command("MAIL FROM:<app@example.com>")).startsWith("530 Must issue");
            assertThat(server.authenticator.asked).isEmpty();

            assertThat(client.command("STARTTLS")).isEqualTo("220 Ready to start TLS");
            client.startTls();
            assertThat(client.command(plain(USER, PASSWORD))).isEqualTo("503 EHLO first");
            client.command("EHLO client.example");
            assertThat(client.command(plain(USER, PASSWORD))).startsWith("235");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO evil.example\r\n", "AUTH LOGIN\r\n", "\r\n", "x"})
    void whatCameInClearBehindStarttlsIsNeverExecuted(String behind) throws Exception {
        try (TestServer server = TestServer.submission(TlsMode.STARTTLS, Limits.DEFAULT);
                RawClient client = server.connect()) {
            client.reply();
            client.command("EHLO client.example");
            client.send("STARTTLS\r\n" + behind + plain(USER, PASSWORD) + "\r\n");
            assertThat(client.reply()).isEqualTo("554 You spoke before the TLS handshake");
            assertThat(client.line()).isNull();
            assertThat(server.authenticator.asked).isEmpty();
        }
    }

    @Test
    void aKeyThatIsRemovedStopsWorkingInTheMidstOfTheSession() throws Exception {
        try (TestServer server = server();
                RawClient client = upToData(server)) {
            assertThat(client.command("x\r\n.")).startsWith("250 Ok ");
            server.authenticator.keyIsRemoved = true;
            assertThat(client.command("MAIL FROM:<app@example.com>")).isEqualTo("530 Authentication required");
            assertThat(client.command(plain(USER, PASSWORD))).startsWith("535");
            server.authenticator.keyIsRemoved = false;
            assertThat(client.command(plain(USER, PASSWORD))).startsWith("235");
        }
    }

    @Test
    void whenKeysCannotBeReadEverybodyIsPutOff() throws Exception {
        try (TestServer server = server();
                RawClient client = greeted(server)) {
            server.authenticator.failing = true;
            assertThat(client.command(plain(USER, PASSWORD))).isEqualTo("454 Temporary authentication failure");
            assertThat(server.observer.logins).isEqualTo(Map.of(LoginResult.UNAVAILABLE, 1));
            server.authenticator.failing = false;
            assertThat(client.command(plain(USER, PASSWORD))).startsWith("235");
            server.authenticator.failing = true;
            assertThat(client.command("MAIL FROM:<app@example.com>")).isEqualTo("454 Temporary authentication failure");
        }
    }

    @Test
    void threeFailuresEndASessionAndTwentyAnAddress() throws Exception {
        try (TestServer server = server()) {
            for (int failed = 0; failed < LoginAttempts.AT_ONCE; ) {
                try (RawClient client = greeted(server)) {
                    for (int inSession = 0; inSession < 3 && failed < LoginAttempts.AT_ONCE; inSession++, failed++) {
                        assertThat(client.command(plain(USER, "wrong")))
                                .isEqualTo("535 Authentication Credentials Invalid");
                        if (inSession == 2) {
                            assertThat(client.line()).isNull();
                        }
                    }
                }
            }
            int asked = server.authenticator.asked.size();
            try (RawClient client = greeted(server)) {
                assertThat(client.command(plain(USER, PASSWORD)))
                        .isEqualTo("454 Temporary authentication failure: too many failed attempts from your address");
            }
            assertThat(server.authenticator.asked).hasSize(asked);
            assertThat(server.observer.logins)
                    .isEqualTo(Map.of(LoginResult.REFUSED, LoginAttempts.AT_ONCE, LoginResult.LIMITED, 1));
        }
    }

    @Test
    void theMailLogSaysWhoFailedAndNoSecret() throws Exception {
        try (TestServer server = server();
                RawClient client = greeted(server)) {
            client.command(plain("nobody-knows", "my-secret-word"));
            client.command("AUTH LOGIN " + base64("my-secret-user"));
            client.command(base64("my-secret-word"));

            assertThat(server.log.refusals()).containsExactly("AUTH wrong-credentials", "AUTH wrong-credentials");
            assertThat(server.log.events).allSatisfy(event -> {
                assertThat(event).isInstanceOf(MailLog.Refused.class);
                assertThat(event.toString())
                        .contains("client.example")
                        .doesNotContain("my-secret", base64("my-secret-word"), "nobody-knows");
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\\n.\\n, bare-lf",
                "\\r\\n.\\n, bare-lf",
                "\\n.\\r\\n, bare-lf",
                "\\r.\\r, bare-cr",
                "\\r\\n.\\r, bare-cr",
                "\\r.\\r\\n, bare-cr",
                "\\r\\n.\\r\\r\\n, bare-cr",
                "\\r\\n.\\0\\r\\n, nul",
                "\\0\\r\\n.\\r\\n, nul",
                "\\r\\r\\n.\\r\\n, bare-cr",
            })
    void nothingButCrlfEndsAMail(String sequence, String reason) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes("Subject: one\r\n\r\none".getBytes(StandardCharsets.US_ASCII));
        octets.writeBytes(Transcript.unescape(sequence));
        octets.writeBytes(SECOND.getBytes(StandardCharsets.US_ASCII));
        byte[] all = octets.toByteArray();
        try (TestServer server = server()) {
            try (RawClient client = upToData(server)) {
                client.send(all);
                assertThat(client.reply()).startsWith("550 ");
                assertThat(client.line()).isNull();
            }
            try (RawClient client = loggedIn(server)) {
                client.command("MAIL FROM:<app@example.com>");
                client.command("RCPT TO:<a@far.example>");
                client.send("BDAT " + all.length + " LAST\r\n").send(all);
                assertThat(client.reply()).startsWith("550 ");
                assertThat(client.line()).isNull();
            }
            assertThat(server.sender.sent).isEmpty();
            assertThat(server.log.refusals()).containsExactly("DATA " + reason, "BDAT " + reason);
            assertNothingLeft(server);
        }
    }

    @Test
    void aMailThatCameWholeIsHandedOverEvenIfNobodyHearsThe250() throws Exception {
        try (TestServer server = server()) {
            RawClient client = upToData(server);
            client.send("x\r\n.\r\n");
            client.close();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.sender.sent).hasSize(1));
            assertNothingLeft(server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x\r\n", "x\r\n.", "x\r\n.\r"})
    void aMailThatWasCutOffIsNotHandedOver(String half) throws Exception {
        try (TestServer server = server()) {
            try (RawClient client = upToData(server)) {
                client.send(half);
            }
            assertNothingLeft(server);
            assertThat(server.sender.sent).isEmpty();
        }
    }

    @Test
    void aListenerThatReceivesKnowsNoAuth() throws Exception {
        try (TestServer server = new TestServer(Limits.DEFAULT, TlsMode.IMPLICIT, java.util.List.of());
                RawClient client = greeted(server)) {
            assertThat(client.command(plain(USER, PASSWORD))).isEqualTo("500 5.5.1 Unknown command");
            assertThat(client.command("MAIL FROM:<a@sender.example> AUTH=<>")).startsWith("555 5.5.4");
            assertThat(server.authenticator.asked).isEmpty();
            FakeSender sender = server.sender;
            assertThat(sender.sent).isEmpty();
        }
    }
}
