package io.waypost.smtp.reception;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Decision;
import io.waypost.message.Reply;
import io.waypost.message.port.StoreUnavailableException;
import io.waypost.smtp.Limits;
import io.waypost.smtp.SessionObserver.Result;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the peer hears when something behind the session says no or fails, and that nothing is stored then. */
class ReceptionTest {

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(Limits.DEFAULT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String deliver() throws Exception {
        try (RawClient client = server.connect()) {
            client.upToData("bob@example.com").send("Subject: x\r\n\r\nx\r\n.\r\n");
            String reply = client.reply();
            assertThat(client.command("NOOP")).startsWith("250");
            assertThat(client.command("RCPT TO:<bob@example.com>")).startsWith("503");
            assertThat(server.spool.openDrafts).hasValue(0);
            return reply;
        }
    }

    @Test
    void aRuleRefusesWithItsOwnReply() throws Exception {
        server.routing.decision = new Decision.Refuse(Reply.of(554, "5.7.1", "Virus found"), "refuse-viruses");
        assertThat(deliver()).isEqualTo("554 5.7.1 Virus found");
        assertThat(server.spool.stored).isEmpty();
        assertThat(server.log.refusals()).containsExactly("DATA rule:refuse-viruses", "RCPT bad-sequence");
        assertThat(server.observer.results).containsExactly(java.util.Map.entry(Result.REFUSED, 1));
    }

    @Test
    void aFullStoreIs452AndAFailingOne451() throws Exception {
        server.spool.onCommit = new StoreUnavailableException(true, "no room");
        assertThat(deliver()).startsWith("452 4.3.1");
        server.spool.onCommit = new StoreUnavailableException(false, "disk fails");
        assertThat(deliver()).startsWith("451 4.3.0");
        server.spool.onCommit = null;
        server.spool.onWrite = new StoreUnavailableException(true, "no room");
        assertThat(deliver()).startsWith("452 4.3.1");
        server.spool.onWrite = null;
        assertThat(server.spool.stored).isEmpty();
        assertThat(server.observer.results).containsExactly(java.util.Map.entry(Result.DEFERRED, 3));
        assertThat(deliver()).startsWith("250");
    }

    @Test
    void aStoreWithoutRoomSaysSoBeforeTheContentIsSent() throws Exception {
        server.spool.onDraft = new StoreUnavailableException(true, "no room");
        try (RawClient client = server.connect()) {
            client.reply();
            client.command("EHLO client.example");
            client.command("MAIL FROM:<alice@sender.example>");
            client.command("RCPT TO:<bob@example.com>");
            assertThat(client.command("DATA")).startsWith("452 4.3.1");
            client.send("BDAT 6 LAST\r\nQUIT\r\n");
            assertThat(client.reply()).startsWith("452 4.3.1");
            assertThat(client.command("NOOP")).startsWith("250");
        }
    }

    @Test
    void aBugBehindTheSessionIs451() throws Exception {
        server.routing.onDecide = new IllegalStateException("bug");
        assertThat(deliver()).startsWith("451 4.3.0");
        server.routing.onDecide = null;
        server.spool.onCommitBug = new IllegalStateException("bug");
        assertThat(deliver()).startsWith("451 4.3.0");
        server.spool.onCommitBug = null;
        assertThat(server.spool.stored).isEmpty();

        server.routing.onRefusal = new IllegalStateException("bug");
        try (RawClient client = server.connect()) {
            client.reply();
            client.command("EHLO client.example");
            client.command("MAIL FROM:<alice@sender.example>");
            assertThat(client.command("RCPT TO:<bob@example.com>")).startsWith("451 4.3.0");
        }
    }

    @Test
    void aBugBehindTheCommitDoesNotTakeThe250Back() throws Exception {
        server.routing.onAccepted = new IllegalStateException("bug");
        assertThat(deliver()).startsWith("250 2.0.0 Ok");
        assertThat(server.spool.stored).hasSize(1);
    }
}
