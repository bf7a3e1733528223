package io.waypost.smtp.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.Domain;
import io.waypost.smtp.Limits;
import io.waypost.smtp.ListenerSettings;
import io.waypost.smtp.SmtpSettings;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SmtpServerTest {

    @Test
    void anAddressInUseIsOneClearLineAndNothingStaysOpen() throws Exception {
        try (TestServer server = new TestServer(Limits.DEFAULT)) {
            InetSocketAddress taken = server.smtp.addresses().getFirst();
            InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            assertThatThrownBy(() -> new TestServer(settings(free, taken)))
                    .hasMessageStartingWith("SMTP cannot listen on 127.0.0.1:" + taken.getPort() + ": ")
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void everyListenerSaysWhereItListens() throws Exception {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (TestServer server = new TestServer(settings(free, free))) {
            assertThat(server.smtp.addresses())
                    .hasSize(2)
                    .doesNotHaveDuplicates()
                    .allMatch(address -> address.getPort() > 0);
        }
    }

    private static SmtpSettings settings(InetSocketAddress... addresses) {
        List<ListenerSettings> listeners = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            listeners.add(new ListenerSettings(address, TlsMode.NONE, List.of()));
        }
        return new SmtpSettings(
                "mx.example.com",
                new Domain("example.com"),
                listeners,
                Optional.empty(),
                Path.of("unused"),
                Limits.DEFAULT);
    }

    @Test
    void stoppingLetsACommitFinishAndTellsTheOthers() throws Exception {
        TestServer server = new TestServer(Limits.DEFAULT);
        server.spool.commitGate = new CountDownLatch(1);
        try (RawClient committing = server.connect();
                RawClient idle = server.connect();
                RawClient sending = server.connect();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            committing.upToData("bob@example.com").send("x\r\n.\r\n");
            idle.reply();
            sending.upToData("bob@example.com").send("half");
            server.spool.commitBegun.await();

            Future<Boolean> stopped = executor.submit(() -> server.smtp.stop(Duration.ofSeconds(20)));
            assertThat(idle.line()).startsWith("421 4.3.2");
            assertThat(idle.line()).isNull();
            assertThat(sending.line()).startsWith("421 4.3.2");
            assertThat(stopped).isNotDone();
            server.spool.commitGate.countDown();
            assertThat(committing.line()).startsWith("250 2.0.0 Ok");
            assertThat(committing.line()).startsWith("421 4.3.2");
            assertThat(stopped.get()).isTrue();
            assertThat(server.spool.stored).hasSize(1);
            assertNobodyGreets(server);
        }
    }

    /** The port is closed; or somebody else's by now, who greets otherwise if at all. */
    private static void assertNobodyGreets(TestServer server) throws Exception {
        try (RawClient late = server.connect()) {
            late.socket().setSoTimeout(300);
            assertThat(String.valueOf(late.line())).doesNotStartWith("220 mx.example.com");
        } catch (IOException nobody) {
            assertThat(server.smtp.connections()).isZero();
        }
    }

    @Test
    void stoppingTellsClientsUnderTls() throws Exception {
        TestServer server = new TestServer(Limits.DEFAULT, TlsMode.IMPLICIT, List.of());
        try (RawClient client = server.connect()) {
            client.startTls();
            client.reply();
            assertThat(server.smtp.stop(Duration.ofSeconds(20))).isTrue();
            assertThat(client.line()).startsWith("421 4.3.2");
        }
    }

    @Test
    void patienceEnds() throws Exception {
        TestServer server = new TestServer(Limits.DEFAULT);
        server.spool.commitGate = new CountDownLatch(1);
        try (RawClient client = server.connect()) {
            client.upToData("bob@example.com").send("x\r\n.\r\n");
            server.spool.commitBegun.await();
            assertThat(server.smtp.stop(Duration.ofMillis(50))).isFalse();
            assertThat(client.line()).isNull();
            server.spool.commitGate.countDown();
        }
    }

    @Test
    void aHundredSessionsAtOnceKeepTheirMailsApart() throws Exception {
        try (TestServer server = new TestServer(
                        Limits.of(1 << 20, 100, 2000, 2000, Duration.ofMinutes(1), Duration.ofMinutes(1), 50));
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                senders.add(executor.submit(() -> send(server, number)));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
            assertThat(server.spool.stored).hasSize(500);
            assertThat(server.spool.stored.stream()
                            .map(mail -> mail.acceptance().id()))
                    .doesNotHaveDuplicates();
            for (var mail : server.spool.stored) {
                String recipient =
                        mail.acceptance().envelope().addresses().getFirst().localPart();
                assertThat(mail.text()).isEqualTo(content(recipient));
            }
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.smtp.connections()).isZero());
            assertThat(server.observer.open).hasValue(0);
        }
    }

    private static Void send(TestServer server, int number) throws Exception {
        try (RawClient client = server.connect()) {
            client.reply();
            client.command("EHLO client.example");
            for (int mail = 0; mail < 5; mail++) {
                String recipient = "r" + number + "." + mail;
                client.send("MAIL FROM:<a@sender.example>\r\nRCPT TO:<" + recipient + "@example.com>\r\nDATA\r\n");
                client.reply();
                client.reply();
                assertThat(client.reply()).startsWith("354");
                client.send(content(recipient) + ".\r\n");
                assertThat(client.reply()).startsWith("250 2.0.0 Ok");
            }
            assertThat(client.command("QUIT")).startsWith("221");
        }
        return null;
    }

    private static String content(String recipient) {
        return ("Subject: " + recipient + "\r\n\r\n") + (recipient + "\r\n").repeat(2000);
    }
}
