package io.waypost.smtp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Limits;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import io.waypost.smtp.testing.Transcript;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing but CRLF.CRLF ends a mail, and nothing behind anything else becomes a second one. */
class SmugglingTest {

    private static final String SECOND =
            "MAIL FROM:<evil@sender.example>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\nsmuggled\r\n.\r\n";

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(Limits.DEFAULT);
    }

    @AfterEach
    void stop() {
        server.close();
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
                "\\r\\n.X\\n, bare-lf",
                "\\n.X\\n, bare-lf",
                "\\r\\n..\\n, bare-lf",
                "\\r\\r\\n.\\r\\n, bare-cr",
                "\\r\\n.\\r\\r\\n, bare-cr",
                "\\r\\n.\\r\\0\\n, bare-cr",
                "\\r\\n.\\0\\r\\n, nul",
                "\\r\\n\\0.\\r\\n, nul",
                "\\r\\0\\n.\\r\\n, bare-cr",
                "\\0\\r\\n.\\r\\n, nul",
                "\\n\\n.\\r\\n, bare-lf",
                "\\n\\r\\n.\\r\\n, bare-lf",
                "\\r\\n\\n.\\r\\n, bare-lf",
                "\\r\\n\\r.\\r\\n, bare-cr",
                "\\n\\r.\\n\\r, bare-lf",
                "\\r\\n.\\n\\r\\n, bare-lf",
            })
    void refusedAtOnceAndClosed(String sequence, String reason) throws Exception {
        for (Transcript.Sender sender : new Transcript.Sender[] {Transcript.Sender.WHOLE, Transcript.Sender.SINGLE}) {
            assertRefused(sequence, reason, sender);
        }
    }

    private void assertRefused(String sequence, String reason, Transcript.Sender sender) throws Exception {
        server.log.events.clear();
        try (RawClient client = server.connect()) {
            client.upToData("bob@example.com");
            sendAll(client, sender, join("Subject: one\r\n\r\none", sequence, SECOND));
            assertThat(client.reply()).startsWith("550 5.6.0");
            assertThat(client.line()).isNull();
        }
        assertThat(server.spool.stored).isEmpty();
        assertThat(server.spool.openDrafts).hasValue(0);
        assertThat(server.log.refusals()).containsExactly("DATA " + reason);

        // The same inside a chunk, with the second mail inside it and behind it.
        byte[] chunk = join("Subject: one\r\n\r\none", sequence, SECOND);
        try (RawClient client = server.connect()) {
            client.reply();
            client.command("EHLO client.example");
            client.command("MAIL FROM:<alice@sender.example>");
            client.command("RCPT TO:<bob@example.com>");
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(("BDAT " + chunk.length + " LAST\r\n").getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(chunk);
            all.writeBytes(SECOND.getBytes(StandardCharsets.US_ASCII));
            sendAll(client, sender, all.toByteArray());
            assertThat(client.reply()).startsWith("550 5.6.0");
            assertThat(client.line()).isNull();
        }
        assertThat(server.spool.stored).isEmpty();
        assertThat(server.spool.openDrafts).hasValue(0);
        assertThat(server.log.refusals()).containsExactly("DATA " + reason, "BDAT " + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "\\r\\n\\x0b.\\r\\n",
        "\\r\\n\\x0c.\\r\\n",
        "\\r\\n .\\r\\n",
        "\\r\\n. \\r\\n",
        "\\r\\n..\\r\\n",
        "\\r\\n\\xc2\\x85.\\r\\n",
        "\\r\\n.\\xe2\\x80\\xa8",
        "\\r\\n\\x85.\\x85",
        "\\r\\n\\x8d\\x8a.\\x8d\\x8a",
    })
    void whatOnlyLooksLikeAnEndIsContent(String sequence) throws Exception {
        try (RawClient client = server.connect()) {
            client.upToData("bob@example.com");
            client.send(join("one", sequence, "MAIL FROM:<evil@sender.example>\r\n.\r\n"));
            assertThat(client.reply()).startsWith("250 2.0.0 Ok");
            assertThat(client.command("QUIT")).startsWith("221");
        }
        assertThat(server.spool.stored).hasSize(1);
        assertThat(server.spool.stored.getFirst().text()).endsWith("MAIL FROM:<evil@sender.example>\r\n");
    }

    @Test
    void contentBeforeThe354IsNeverExecuted() throws Exception {
        try (RawClient client = server.connect()) {
            client.reply();
            client.command("EHLO client.example");
            client.command("MAIL FROM:<alice@sender.example>");
            client.command("RCPT TO:<bob@example.com>");
            client.send("DATA\r\nSubject: x\r\n\r\nx\r\n.\r\n" + SECOND);
            assertThat(client.reply()).startsWith("554 5.5.0");
            assertThat(client.line()).isNull();
        }
        assertThat(server.spool.stored).isEmpty();
        assertThat(server.log.refusals()).containsExactly("DATA data-before-354");
    }

    @Test
    void aChunkThatEndsInCrIsNoMail() throws Exception {
        try (RawClient client = server.connect()) {
            client.reply();
            client.command("EHLO client.example");
            client.command("MAIL FROM:<alice@sender.example>");
            client.command("RCPT TO:<bob@example.com>");
            client.send("BDAT 2 LAST\r\na\r\nNOOP\r\n");
            assertThat(client.reply()).startsWith("550 5.6.0 Bare CR");
            assertThat(client.line()).isNull();
        }
        assertThat(server.spool.stored).isEmpty();
    }

    private static void sendAll(RawClient client, Transcript.Sender sender, byte[] octets) throws Exception {
        try {
            sender.send(client, octets);
        } catch (java.net.SocketException e) {
            // Closed in the midst of it, as it should be.
        }
    }

    private static byte[] join(String before, String sequence, String after) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(Transcript.unescape(sequence));
        all.writeBytes(after.getBytes(StandardCharsets.US_ASCII));
        return all.toByteArray();
    }
}
