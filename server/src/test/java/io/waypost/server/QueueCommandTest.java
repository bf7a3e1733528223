package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.server.support.Ports;
import io.waypost.server.support.RelaySink;
import io.waypost.server.support.Sender;
import io.waypost.server.support.Setup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does to outbound mail that waits, beside a running server. */
class QueueCommandTest {

    private static final String RULES = """
            name: main
            active: true
            rules:
              - name: away
                recipients: [away@example.test]
                actions: [ { forward: { to: bob@away.test, from: owner@example.test } } ]
              - name: gone
                recipients: [gone@example.test]
                actions: [ { forward: { to: eve@gone.test, from: other@else.test } } ]
            """;

    @TempDir
    Path folder;

    private Setup setup;

    private Ran queue(String... words) {
        String[] all = List.of(words).toArray(new String[words.length + 3]);
        System.arraycopy(words, 0, all, 1, words.length);
        all[0] = "queue";
        all[words.length + 1] = "--config";
        all[words.length + 2] = setup.config().toString();
        return Ran.command(all);
    }

    private void send(String to) throws IOException {
        try (Sender sender = new Sender(setup.smtpPort())) {
            sender.send("alice@sender.test", to, "Subject: x\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void awaitTried(String recipient) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> queue("list", "--to", recipient).out().contains("tried"));
    }

    @Test
    void whatIsHeldStaysUntilItIsReleasedAndWhatIsDroppedIsGone() throws Exception {
        int dead = Ports.free();
        int port = Ports.free();
        setup = new Setup(folder)
                .with(("outbound: { routes: { away.test:" + " \"127.0.0.1:%d\", gone.test: \"127.0.0.1:%d\" } }%n")
                        .formatted(port, dead))
                .rules(RULES)
                .write();
        try (Server server = InProcess.start(setup)) {
            send("away@example.test");
            send("gone@example.test");
            awaitTried("bob@away.test");
            awaitTried("gone.test");

            assertThat(queue("list").out()).contains("bob@away.test", "eve@gone.test", "2 recipients waiting");
            assertThat(queue("hold").exitCode())
                    .as("a wish for everything must be said")
                    .isEqualTo(2);
            await().until(() -> queue("hold", "--from", "example.test").out().startsWith("held 1 recipient")
                    || queue("list", "--to", "away.test").out().contains("held"));
            await().until(() -> queue("list", "--to", "away.test").out().contains("held, tried"));
            assertThat(queue("list", "--from", "other@else.test").out()).doesNotContain("held");

            await().atMost(Duration.ofSeconds(20)).until(() -> {
                queue("drop", "--to", "eve@gone.test");
                return !queue("list").out().contains("eve@gone.test");
            });
            assertThat(queue("list").out()).contains("1 recipient waiting");

            try (RelaySink relay = new RelaySink(port)) {
                assertThat(queue("release", "--to", "nobody.test").out()).startsWith("released 0 recipients");
                assertThat(relay.taken()).isEmpty();
                assertThat(queue("release", "--all").out()).startsWith("released 1 recipient");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> !relay.taken().isEmpty());
                assertThat(relay.taken().getFirst().to())
                        .singleElement()
                        .asString()
                        .startsWith("<bob@away.test>");
            }
            InProcess.awaitSettled(setup);
            assertThat(queue("list").out()).startsWith("0 recipients waiting");
        }
    }
}
