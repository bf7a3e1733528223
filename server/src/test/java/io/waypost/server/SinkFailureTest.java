package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.server.support.HookSink;
import io.waypost.server.support.Load;
import io.waypost.server.support.Ports;
import io.waypost.server.support.S3Server;
import io.waypost.server.support.Sent;
import io.waypost.server.support.ServerProcess;
import io.waypost.server.support.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other side fails in every way: errors, dropped connections, lost answers, a minute of silence. Nothing is lost. */
class SinkFailureTest {

    private static final Duration OUTAGE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void nothingIsLostWhenTheSinksFail() throws Exception {
        int hookPort = Ports.free();
        Random dice = new Random(7);
        try (S3Server s3 = new S3Server(folder.resolve("s3"), "mail");
                HookSink sink = new HookSink(hookPort)) {
            sink.behave(() -> {
                int face;
                synchronized (dice) {
                    face = dice.nextInt(100);
                }
                return face < 5
                        ? HookSink.Answer.ERROR_500
                        : face < 8
                                ? HookSink.Answer.DROP
                                : face < 11 ? HookSink.Answer.TAKE_AND_DROP : HookSink.Answer.OK;
            });
            Setup setup = new Setup(folder)
                    .s3(s3.endpoint(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY)
                    .with(
                            "webhooks: { sink: { url: \"http://127.0.0.1:%d/hook\", secret: sixteen-characters-at-least, allowPrivate: true } }%n"
                                    .formatted(hookPort))
                    .rules("""
                            name: main
                            active: true
                            rules:
                              - name: object
                                actions: [ { s3: { bucket: mail, prefix: in } } ]
                              - name: hook
                                actions: [ { webhook: { to: sink, format: raw } } ]
                            """)
                    .write();
            try (ServerProcess server = setup.start();
                    Load load = Load.start(setup.smtpPort(), 6, Duration.ofMillis(40), 3)) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> load.promised().size() > 200);
                s3.stop();
                int before = load.promised().size();
                await().pollDelay(OUTAGE).atMost(OUTAGE.plusSeconds(10)).until(() -> true);
                assertThat(load.promised().size())
                        .as("accepted during the outage")
                        .isGreaterThan(before + 100);
                s3.start();
                load.stop();
                Map<String, Sent> promised = load.promised();
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> {
                            for (Map.Entry<String, Sent> mail : promised.entrySet()) {
                                assertThat(mail.getValue().isEndOf(s3.object("mail", "in/" + mail.getKey())))
                                        .as("object of " + mail.getKey())
                                        .isTrue();
                                assertThat(sink.takenFor(mail.getKey())).hasSize(1);
                            }
                        });
                for (Map.Entry<String, Sent> mail : promised.entrySet()) {
                    for (byte[] body : sink.takenFor(mail.getKey()).getFirst().getValue()) {
                        assertThat(mail.getValue().isEndOf(body)).isTrue();
                    }
                }
                assertThat(load.refused()).isZero();
                assertThat(server.isAlive()).isTrue();
            }
        }
    }
}
