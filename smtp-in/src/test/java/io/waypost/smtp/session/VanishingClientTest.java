package io.waypost.smtp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Limits;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that is gone leaves nothing behind, wherever it was. */
class VanishingClientTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "EHL",
                "EHLO client.example\r\n",
                "EHLO client.example\r\nMAIL FROM:<a@sender.example>\r\n",
                "EHLO client.example\r\nMAIL FROM:<a@sender.example>\r\nRCPT TO:<bob@example.com>\r\n",
                "EHLO client.example\r\nMAIL FROM:<a@sender.example>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\n",
                "EHLO client.example\r\nMAIL FROM:<a@sender.example>\r\nRCPT TO:<bob@example.com>\r\nBDAT 10\r\n12345",
                "EHLO client.example\r\nMAIL FROM:<a@sender.example>\r\nRCPT TO:<bob@example.com>\r\nBDAT 5\r\n12345",
                "BDAT 100\r\n12345",
                "QUIT\r\n",
            })
    void leavesNothingBehind(String said) throws Exception {
        for (boolean reset : new boolean[] {false, true}) {
            try (TestServer server = new TestServer(Limits.DEFAULT)) {
                try (RawClient client = server.connect()) {
                    client.line();
                    client.send(said);
                    if (reset) {
                        client.socket().setSoLinger(true, 0);
                    }
                }
                Awaitility.await().untilAsserted(() -> {
                    assertThat(server.smtp.connections()).isZero();
                    assertThat(server.observer.open).hasValue(0);
                });
                assertThat(server.spool.openDrafts).hasValue(0);
                assertThat(server.spool.stored).isEmpty();
            }
        }
    }

    @Test
    void aMailThatWasCutOffIsNotStored() throws Exception {
        for (String half : new String[] {"x", "x\r", "x\r\n", "x\r\n.", "x\r\n.\r"}) {
            try (TestServer server = new TestServer(Limits.DEFAULT)) {
                try (RawClient client = server.connect()) {
                    client.upToData("bob@example.com").send(half);
                    client.shutdownOutput();
                    assertThat(client.rest()).isEmpty();
                }
                Awaitility.await().untilAsserted(() -> assertThat(server.smtp.connections())
                        .isZero());
                assertThat(server.spool.openDrafts).hasValue(0);
                assertThat(server.spool.stored).isEmpty();
            }
        }
    }

    @Test
    void aMailThatCameWholeIsStoredEvenIfNobodyHearsThe250() throws Exception {
        try (TestServer server = new TestServer(Limits.DEFAULT)) {
            RawClient client = server.connect();
            client.upToData("bob@example.com").send("x\r\n.\r\n");
            client.close();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.routing.accepted).hasSize(1));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.smtp.connections()).isZero());
        }
    }
}
