package io.waypost.smtp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Limits;
import io.waypost.smtp.SessionObserver.Result;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Each limit has its own reply, and what is over one is never stored. */
class LimitsTest {

    @Test
    void aSizeOverTheLimitIsRefusedAtMail() throws Exception {
        try (TestServer server = new TestServer(TestLimits.messageSize(1000));
                RawClient client = server.connect()) {
            client.reply();
            client.command("EHLO client.example");
            assertThat(client.command("MAIL FROM:<a@sender.example> SIZE=1001")).startsWith("552 5.3.4");
            assertThat(client.command("MAIL FROM:<a@sender.example> SIZE=1000")).startsWith("250");
        }
    }

    @Test
    void aMailOfTheLimitIsStoredAndOneOctetMoreIsRefusedAfterItsEnd() throws Exception {
        try (TestServer server = new TestServer(TestLimits.messageSize(1000));
                RawClient client = server.connect()) {
            client.upToData("bob@example.com");
            client.send("x".repeat(998) + "\r\n.\r\n");
            assertThat(client.reply()).startsWith("250");
            dataAgain(client);
            client.send("x".repeat(999) + "\r\n.\r\nNOOP\r\n");
            assertThat(client.reply()).startsWith("552 5.3.4");
            assertThat(client.reply()).startsWith("250 2.0.0 Ok");
            assertThat(server.spool.stored).hasSize(1);
            assertThat(server.spool.openDrafts).hasValue(0);

            // The same by BDAT: over the limit in the second chunk; the third is passed over.
            client.command("MAIL FROM:<a@sender.example>");
            client.command("RCPT TO:<bob@example.com>");
            client.send("BDAT 900\r\n" + "x".repeat(900) + "BDAT 101\r\n" + "x".repeat(101) + "BDAT 6 LAST\r\nQUIT\r\n"
                    + "NOOP\r\n");
            assertThat(client.reply()).startsWith("250 2.0.0 900");
            assertThat(client.reply()).startsWith("552 5.3.4");
            assertThat(client.reply()).startsWith("503 5.5.1");
            assertThat(client.reply()).startsWith("250 2.0.0 Ok");
            assertThat(server.spool.stored).hasSize(1);
            assertThat(server.spool.openDrafts).hasValue(0);
            assertThat(server.observer.results).containsEntry(Result.REFUSED, 2);
        }
    }

    @Test
    void aPeerThatGoesOnAndOnIsCutOff() throws Exception {
        try (TestServer server = new TestServer(TestLimits.messageSize(1000));
                RawClient client = server.connect()) {
            client.upToData("bob@example.com");
            byte[] lines = "0123456789\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            try {
                for (int i = 0; i < 500; i++) {
                    client.send(lines);
                }
            } catch (java.net.SocketException e) {
                // As expected.
            }
            assertThat(server.spool.stored).isEmpty();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.log.refusals()).containsExactly("DATA message-too-large"));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.smtp.connections()).isZero());
            assertThat(server.spool.openDrafts).hasValue(0);
        }
    }

    @Test
    void anEnormousChunkIsRefusedWithoutReadingIt() throws Exception {
        try (TestServer server = new TestServer(TestLimits.messageSize(1000));
                RawClient client = server.connect()) {
            client.reply();
            client.command("EHLO client.example");
            assertThat(client.command("BDAT 999999999999999999 LAST")).startsWith("503");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void recipientsOverTheLimitAreDeferred() throws Exception {
        try (TestServer server = new TestServer(TestLimits.recipients(2));
                RawClient client = server.connect()) {
            client.reply();
            client.command("EHLO client.example");
            client.command("MAIL FROM:<a@sender.example>");
            assertThat(client.command("RCPT TO:<one@example.com>")).startsWith("250");
            assertThat(client.command("RCPT TO:<one@example.com>")).startsWith("250");
            assertThat(client.command("RCPT TO:<two@example.com>")).startsWith("250");
            assertThat(client.command("RCPT TO:<three@example.com>")).startsWith("452 4.5.3");
            client.command("DATA");
            client.send("x\r\n.\r\n");
            assertThat(client.reply()).startsWith("250 2.0.0 Ok");
            assertThat(server.spool.stored.getFirst().acceptance().envelope().addresses())
                    .hasToString("[one@example.com, two@example.com]");
            assertThat(server.spool.stored.getFirst().trace()).doesNotContain(" for ");
        }
    }

    @Test
    void aTextLineOverTheLimitIsRefusedAfterTheEnd() throws Exception {
        try (TestServer server = new TestServer(TestLimits.content(50, 1000, 100_000, 5000));
                RawClient client = server.connect()) {
            client.upToData("bob@example.com");
            client.send("x".repeat(998) + "\r\n.\r\n");
            assertThat(client.reply()).startsWith("250");
            dataAgain(client);
            client.send("x".repeat(999) + "\r\nrest\r\n.\r\n");
            assertThat(client.reply()).startsWith("500 5.5.2");
            client.command("MAIL FROM:<a@sender.example>");
            client.command("RCPT TO:<bob@example.com>");
            client.send("BDAT 1000 LAST\r\n" + "x".repeat(1000));
            assertThat(client.reply()).startsWith("500 5.5.2");
            client.command("MAIL FROM:<a@sender.example>");
            client.command("RCPT TO:<bob@example.com>");
            client.send("BDAT 1000 LAST\r\n" + "x".repeat(998) + "\r\n");
            assertThat(client.reply()).startsWith("250");
            assertThat(server.spool.stored).hasSize(2);
            assertThat(server.spool.openDrafts).hasValue(0);
        }
    }

    @Test
    void commandLinesOverTheLimitAreRefusedOneByOne() throws Exception {
        try (TestServer server = new TestServer(Limits.DEFAULT);
                RawClient client = server.connect()) {
            client.reply();
            assertThat(client.command("NOOP " + "x".repeat(505))).startsWith("250");
            assertThat(client.command("NOOP " + "x".repeat(506))).startsWith("500 5.5.2");
            assertThat(client.command("NOOP " + "x".repeat(3000))).startsWith("500 5.5.2");
            client.command("EHLO client.example");
            assertThat(client.command("MAIL FROM:<a@sender.example> ENVID=" + "x".repeat(1900)))
                    .startsWith("501");
            assertThat(client.command("MAIL FROM:<a@sender.example> ENVID=" + "x".repeat(2000)))
                    .startsWith("500 5.5.2");
            client.send("x".repeat(100_000) + "\r\nNOOP\r\n");
            assertThat(client.reply()).startsWith("500 5.5.2");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void headersOverTheLimitsAndLoopsAreRefused() throws Exception {
        try (TestServer server = new TestServer(TestLimits.content(3, 1000, 2000, 10));
                RawClient client = server.connect()) {
            client.upToData("bob@example.com");
            client.send("A: b\r\n".repeat(10) + "\r\nbody\r\n.\r\n");
            assertThat(client.reply()).startsWith("250");
            dataAgain(client);
            client.send("A: b\r\n".repeat(11) + "\r\nbody\r\n.\r\n");
            assertThat(client.reply()).startsWith("552 5.6.0");
            dataAgain(client);
            client.send(("A: " + "b".repeat(900) + "\r\n").repeat(3) + "\r\nbody\r\n.\r\n");
            assertThat(client.reply()).startsWith("552 5.6.0");
            dataAgain(client);
            client.send("Received: x\r\n".repeat(3) + "\r\nReceived: y\r\n.\r\n");
            assertThat(client.reply()).startsWith("250");
            dataAgain(client);
            client.send("RECEIVED : x\r\n".repeat(4) + "\r\nbody\r\n.\r\n");
            assertThat(client.reply()).startsWith("554 5.4.6");
            dataAgain(client);
            client.send(" dkim=pass\r\nSubject: x\r\n\r\nbody\r\n.\r\n");
            assertThat(client.reply()).startsWith("554 5.6.0");
            assertThat(server.spool.stored).hasSize(2);
            assertThat(server.log.refusals())
                    .containsExactly(
                            "DATA header-too-large",
                            "DATA header-too-large",
                            "DATA too-many-hops",
                            "DATA header-starts-folded");
        }
    }

    @Test
    void aClientThatIsSilentIsToldSo() throws Exception {
        try (TestServer server = new TestServer(TestLimits.timeouts(Duration.ofMillis(300), Duration.ofSeconds(30)))) {
            try (RawClient client = server.connect()) {
                client.reply();
                assertThat(client.line()).startsWith("421 4.4.2");
                assertThat(client.line()).isNull();
            }
            try (RawClient client = server.connect()) {
                client.upToData("bob@example.com");
                client.send("half a mail\r\n");
                assertThat(client.line()).startsWith("421 4.4.2");
                assertThat(client.line()).isNull();
            }
            try (RawClient client = server.connect()) {
                client.reply();
                client.command("EHLO client.example");
                client.send("BDAT 10\r\nabc");
                assertThat(client.line()).startsWith("421 4.4.2");
            }
            assertThat(server.spool.stored).isEmpty();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.spool.openDrafts).hasValue(0));
            assertThat(server.log.refusals()).containsExactly("COMMAND timeout", "DATA timeout", "BDAT timeout");
            assertThat(server.observer.results).containsEntry(Result.ABANDONED, 1);
        }
    }

    @Test
    void aClientThatSendsDropByDropIsToldSo() throws Exception {
        try (TestServer server = new TestServer(TestLimits.timeouts(Duration.ofMillis(400), Duration.ofSeconds(30)))) {
            try (RawClient client = server.connect()) {
                client.reply();
                assertThat(drip(client, "NOOP")).startsWith("421 4.4.2");
            }
            try (RawClient client = server.connect()) {
                client.upToData("bob@example.com");
                assertThat(drip(client, "0123\r\n")).startsWith("421 4.4.2");
            }
        }
        // Fast enough in each block, but not done in time.
        try (TestServer server = new TestServer(TestLimits.timeouts(Duration.ofSeconds(30), Duration.ofMillis(400)));
                RawClient client = server.connect()) {
            client.upToData("bob@example.com");
            assertThat(drip(client, "0123456789\r\n".repeat(200))).startsWith("421 4.4.2");
            assertThat(server.spool.stored).isEmpty();
        }
    }

    /** Sends this again and again, every 20 ms, until the server says something. */
    private static String drip(RawClient client, String text) throws Exception {
        client.socket().setSoTimeout(20);
        for (int i = 0; i < 500; i++) {
            try {
                client.send(text);
                String line = client.line();
                if (line != null) {
                    return line;
                }
            } catch (java.net.SocketTimeoutException e) {
                // Still patient.
            }
        }
        return "never";
    }

    @Test
    void connectionsOverTheLimitsAreTurnedAway() throws Exception {
        try (TestServer server = new TestServer(TestLimits.connections(3, 2))) {
            try (RawClient one = server.connect();
                    RawClient two = server.connect()) {
                one.reply();
                two.reply();
                try (RawClient three = server.connect()) {
                    assertThat(three.line()).startsWith("421 4.7.0 Too many connections from your address");
                    assertThat(three.line()).isNull();
                }
                assertThat(server.log.refusals()).containsExactly("CONNECT too-many-connections-from-address");
            }
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.smtp.connections()).isZero());
            try (RawClient again = server.connect()) {
                assertThat(again.reply()).startsWith("220");
            }
            assertThat(server.observer.refused).hasValue(1);
        }
        try (TestServer server = new TestServer(TestLimits.connections(2, 2))) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                clients.add(server.connect());
                clients.getLast().reply();
            }
            try (RawClient late = server.connect()) {
                assertThat(late.line()).startsWith("421 4.3.2 Too many connections");
                assertThat(late.line()).isNull();
            }
            for (RawClient client : clients) {
                client.close();
            }
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.smtp.connections()).isZero());
            assertThat(server.observer.open).hasValue(0);
        }
    }

    @Test
    void aClientThatOnlyChatsIsCutOff() throws Exception {
        try (TestServer server = new TestServer(Limits.DEFAULT);
                RawClient client = server.connect()) {
            client.reply();
            client.send("NOOP\r\n".repeat(2001));
            for (int i = 0; i < 2000; i++) {
                assertThat(client.reply()).startsWith("250");
            }
            assertThat(client.reply()).startsWith("421 4.7.0");
            assertThat(client.line()).isNull();
        }
    }

    private static void dataAgain(RawClient client) throws Exception {
        client.command("MAIL FROM:<a@sender.example>");
        client.command("RCPT TO:<bob@example.com>");
        assertThat(client.command("DATA")).startsWith("354");
    }
}
