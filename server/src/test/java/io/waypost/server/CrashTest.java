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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 250 is a promise: the real process is killed at random moments under load, again and again, and afterwards every mail that
 * got a 250 is at the S3 server and at the webhook, byte for byte, with repeats under the same key.
 */
class CrashTest {

    private static final int KILLS = Integer.getInteger("waypost.kills", 50);
    private static final String RULES = """
            name: main
            active: true
            rules:
              - name: keep
                recipients: [example.test]
                actions:
                  - s3: { bucket: mail, prefix: in }
                  - webhook: { to: sink, format: raw }
            """;

    @TempDir
    Path folder;

    @Test
    void everyPromisedMailSurvivesFiftyKills() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int hookPort = Ports.free();
        Map<String, Sent> promised = new ConcurrentHashMap<>();
        try (S3Server s3 = new S3Server(folder.resolve("s3"), "mail");
                HookSink sink = new HookSink(hookPort)) {
            Setup setup = new Setup(folder)
                    .s3(s3.endpoint(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY)
                    .with(
                            "webhooks: { sink: { url: \"http://127.0.0.1:%d/hook\", secret: sixteen-characters-at-least, allowPrivate: true } }%n"
                                    .formatted(hookPort))
                    .rules(RULES)
                    .write();
            for (int kill = 0; kill < KILLS; kill++) {
                try (ServerProcess server = setup.start();
                        Load load = Load.start(setup.smtpPort(), 8, Duration.ofMillis(15), seed + kill)) {
                    int moment = random.nextInt(20, 900);
                    await().pollDelay(Duration.ofMillis(moment)).until(() -> true);
                    server.kill();
                    load.stop();
                    promised.putAll(load.promised());
                }
            }
            try (ServerProcess server = setup.start()) {
                awaitAll(promised, s3, sink);
                assertThat(server.stop()).isZero();
            }
            System.err.printf(
                    "crash test: seed %d, %d kills, %d promised mails, all found%n", seed, KILLS, promised.size());
            verify(promised, s3, sink);
        }
    }

    private static void awaitAll(Map<String, Sent> promised, S3Server s3, HookSink sink) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    List<String> missing = new ArrayList<>();
                    for (String id : promised.keySet()) {
                        if (sink.takenFor(id).isEmpty() || s3.object("mail", "in/" + id).length == 0) {
                            missing.add(id);
                        }
                    }
                    assertThat(missing).as("promised and not found").isEmpty();
                });
    }

    private static void verify(Map<String, Sent> promised, S3Server s3, HookSink sink) throws Exception {
        assertThat(promised.size()).isGreaterThan(KILLS);
        for (Map.Entry<String, Sent> mail : promised.entrySet()) {
            byte[] object = s3.object("mail", "in/" + mail.getKey());
            assertThat(mail.getValue().isEndOf(object))
                    .as("object of " + mail.getKey())
                    .isTrue();
            List<Map.Entry<String, List<byte[]>>> calls = sink.takenFor(mail.getKey());
            assertThat(calls)
                    .as("keys under which " + mail.getKey() + " was posted")
                    .hasSize(1);
            for (byte[] body : calls.getFirst().getValue()) {
                assertThat(body).as("webhook body of " + mail.getKey()).isEqualTo(object);
            }
        }
    }
}
