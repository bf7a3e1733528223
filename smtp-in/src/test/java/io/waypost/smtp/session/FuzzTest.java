package io.waypost.smtp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Limits;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.awaitility.Awaitility;

/**
 * Noise in every state of the protocol: the session always ends, keeps no draft, and stores exactly the mails that it said 250
 * to.
 */
class FuzzTest {

    private static final Pattern ACCEPTED = Pattern.compile("(?m)^250 2\\.0\\.0 Ok [0-9a-v]{40}$");
    private static final List<String> STATES = List.of(
            "",
            "EHLO client.example\r\n",
            "EHLO client.example\r\nMAIL FROM:<a@sender.example>\r\n",
            "EHLO client.example\r\nMAIL FROM:<a@sender.example>\r\nRCPT TO:<bob@example.com>\r\n",
            "EHLO client.example\r\nMAIL FROM:<a@sender.example>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\n",
            "EHLO client.example\r\nMAIL FROM:<a@sender.example>\r\nRCPT TO:<bob@example.com>\r\nBDAT 3\r\nabc");

    private static TestServer server;

    @BeforeContainer
    static void start() throws Exception {
        server = new TestServer(Limits.DEFAULT);
    }

    @AfterContainer
    static void stop() {
        server.close();
    }

    @Provide
    Arbitrary<byte[]> noise() {
        Arbitrary<byte[]> words = Arbitraries.of(
                        "EHLO x\r\n",
                        "HELO [1.2.3.4]\r\n",
                        "MAIL FROM:<a@b.example>\r\n",
                        "MAIL FROM:<> BODY=8BITMIME\r\n",
                        "RCPT TO:<bob@example.com>\r\n",
                        "RCPT TO:<@a,@b:bob@example.com>\r\n",
                        "RCPT TO:<no@example.com>\r\n",
                        "DATA\r\n",
                        "BDAT 5\r\n",
                        "BDAT 2 LAST\r\n",
                        "BDAT 0 LAST\r\n",
                        "BDAT 99999\r\n",
                        "RSET\r\n",
                        "NOOP\r\n",
                        "QUIT\r\n",
                        "VRFY x\r\n",
                        "STARTTLS\r\n",
                        "Subject: x\r\n",
                        "\r\n",
                        ".\r\n",
                        "\r\n.\r\n",
                        ".",
                        "..",
                        "x",
                        "ab",
                        "\t",
                        "<",
                        "\"",
                        "\r",
                        "\n",
                        "\0",
                        "y".repeat(2100))
                .list()
                .ofMaxSize(25)
                .map(list -> String.join("", list).getBytes(StandardCharsets.ISO_8859_1));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(9, words),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.bytes().array(byte[].class).ofMaxSize(300)));
    }

    @Property(tries = 1500)
    void noiseInAnyState(@ForAll("noise") byte[] noise, @ForAll byte state, @ForAll boolean waits) throws Exception {
        int before = server.spool.stored.size();
        String said;
        try (RawClient client = server.connect()) {
            String opening = STATES.get(Math.floorMod(state, STATES.size()));
            said = client.line() + "\n";
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            for (String line : opening.split("(?<=\r\n)")) {
                octets.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
                if (waits && line.endsWith("\r\n") && !line.startsWith("BDAT")) {
                    client.send(octets.toByteArray());
                    octets.reset();
                    said += client.reply() + "\n";
                }
            }
            octets.writeBytes(noise);
            try {
                client.send(octets.toByteArray());
                client.shutdownOutput();
            } catch (java.net.SocketException e) {
                // It had heard enough.
            }
            said += client.rest();
        }
        Awaitility.await().pollInterval(java.time.Duration.ofMillis(1)).until(() -> server.smtp.connections() == 0);
        assertThat(server.spool.openDrafts).hasValue(0);
        assertThat(server.spool.stored.size() - before)
                .isEqualTo((int) ACCEPTED.matcher(said).results().count());
        assertThat(said).doesNotContain("4.3.0");
    }
}
