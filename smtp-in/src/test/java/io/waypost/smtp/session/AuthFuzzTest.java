package io.waypost.smtp.session;

import static io.waypost.smtp.testing.FakeAuthenticator.PASSWORD;
import static io.waypost.smtp.testing.FakeAuthenticator.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Limits;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.awaitility.Awaitility;

/**
 * Noise around AUTH in every state of a submission session: nothing is handed over but what was said 250 to, and nothing at all before
 * a 235; no secret is written down.
 */
class AuthFuzzTest {

    private static final Pattern ACCEPTED = Pattern.compile("(?m)^250 Ok [0-9a-f-]{60}$");
    private static final String PLAIN = base64("\0" + USER + "\0" + PASSWORD);
    private static final String EHLO = "EHLO client.example\r\n";
    private static final String IN = EHLO + "AUTH PLAIN " + PLAIN + "\r\n";
    private static final List<String> STATES = List.of(
            "",
            EHLO,
            EHLO + "AUTH PLAIN\r\n",
            EHLO + "AUTH LOGIN\r\n",
            EHLO + "AUTH LOGIN\r\n" + base64(USER) + "\r\n",
            IN,
            IN + "MAIL FROM:<a@example.com>\r\n",
            IN + "MAIL FROM:<a@example.com>\r\nRCPT TO:<b@far.example>\r\n",
            IN + "MAIL FROM:<a@example.com>\r\nRCPT TO:<b@far.example>\r\nBDAT 3\r\nabc");

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<byte[]> noise() {
        Arbitrary<byte[]> words = Arbitraries.of(
                        EHLO,
                        "HELO x\r\n",
                        "AUTH PLAIN\r\n",
                        "AUTH PLAIN " + PLAIN + "\r\n",
                        "AUTH PLAIN =\r\n",
                        "AUTH LOGIN\r\n",
                        "AUTH LOGIN " + base64(USER) + "\r\n",
                        "AUTH\r\n",
                        "AUTH X\r\n",
                        PLAIN + "\r\n",
                        base64(USER) + "\r\n",
                        base64(PASSWORD) + "\r\n",
                        base64("wrong") + "\r\n",
                        "*\r\n",
                        "=\r\n",
                        "\r\n",
                        "MAIL FROM:<a@example.com>\r\n",
                        "MAIL FROM:<a@example.com> AUTH=<>\r\n",
                        "RCPT TO:<b@far.example>\r\n",
                        "DATA\r\n",
                        "BDAT 2 LAST\r\nx\n",
                        "BDAT 2 LAST\r\nxy",
                        "RSET\r\n",
                        "STARTTLS\r\n",
                        "QUIT\r\n",
                        "x\r\n.\r\n",
                        "\n",
                        "\0",
                        "A".repeat(3000))
                .list()
                .ofMaxSize(20)
                .map(list -> String.join("", list).getBytes(StandardCharsets.ISO_8859_1));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(9, words),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.bytes().array(byte[].class).ofMaxSize(300)));
    }

    @Property(tries = 500)
    void noiseInAnyState(@ForAll("noise") byte[] noise, @ForAll byte state) throws Exception {
        // A server for each, since failed logins count beyond a session.
        try (TestServer server = TestServer.submission(TlsMode.IMPLICIT, Limits.DEFAULT)) {
            StringBuilder said = new StringBuilder();
            try (RawClient client = server.connectTls()) {
                said.append(client.line()).append('\n');
                try {
                    client.send(STATES.get(Math.floorMod(state, STATES.size())));
                    client.send(noise);
                    client.send("\r\n.\r\n*\r\nQUIT\r\n");
                    client.shutdownOutput();
                } catch (java.net.SocketException e) {
                    // It had heard enough.
                }
                said.append(client.rest());
            }
            Awaitility.await().pollInterval(java.time.Duration.ofMillis(1)).until(() -> server.smtp.connections() == 0);
            assertThat(server.spool.openDrafts).hasValue(0);
            assertThat(server.sender.sent)
                    .hasSize((int) ACCEPTED.matcher(said).results().count());
            if (!server.sender.sent.isEmpty()) {
                assertThat(said).contains("235 Authentication successful.");
            }
            assertThat(said).doesNotContain("Temporary service failure", PASSWORD, base64(PASSWORD));
            assertThat(server.log.events).allSatisfy(event -> assertThat(event.toString())
                    .doesNotContain(PASSWORD, base64(PASSWORD), PLAIN));
        }
    }
}
