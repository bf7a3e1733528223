package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.server.support.HookSink;
import io.waypost.server.support.Load;
import io.waypost.server.support.Ports;
import io.waypost.server.support.ServerProcess;
import io.waypost.server.support.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule files are saved while mail flows: each mail is routed by exactly one version, none is lost, none is doubled. */
class RuleSwapTest {

    private static final int SWAPS = 60;
    private static final String BROKEN = "name: main\nactive: true\nrules: [ { nome: broken } ]\n";

    @TempDir
    Path folder;

    private static void awaitTaken(int version, ServerProcess server, HookSink sink) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> version % 10 == 5
                        ? server.output().split("unknown key 'nome'", -1).length > version / 10 + 1
                        : sink.taken().keySet().stream().anyMatch(key -> key.contains("/v" + version + "/")));
    }

    private static String rules(int version) {
        return """
                name: main
                active: true
                rules:
                  - name: v%d
                    recipients: [example.test]
                    actions:
                      - addHeader: { name: X-Version, value: "%d" }
                      - webhook: { to: sink, format: raw }
                """.formatted(version, version);
    }

    @Test
    void swapsUnderLoadLoseAndDoubleNothing() throws Exception {
        int hookPort = Ports.free();
        try (HookSink sink = new HookSink(hookPort)) {
            Setup setup = new Setup(folder)
                    .with(
                            "webhooks: { sink: { url: \"http://127.0.0.1:%d/hook\", secret: sixteen-characters-at-least, allowPrivate: true } }%n"
                                    .formatted(hookPort))
                    .rules(rules(0))
                    .write();
            try (ServerProcess server = setup.start();
                    Load load = Load.start(setup.smtpPort(), 8, Duration.ofMillis(10), 5)) {
                for (int version = 1; version <= SWAPS; version++) {
                    int before = load.promised().size();
                    await().atMost(Duration.ofSeconds(20))
                            .until(() -> load.promised().size() >= before + 10);
                    setup.rules(
                            version % 10 == 5
                                    ? "name: main\nactive: true\nrules: [ { nome: broken } ]\n"
                                    : rules(version));
                }
                load.stop();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> sink.taken().size() >= load.promised().size());
                Set<String> versions = new TreeSet<>();
                for (String id : load.promised().keySet()) {
                    assertThat(sink.takenFor(id)).as("effects of " + id).hasSize(1);
                    String key = sink.takenFor(id).getFirst().getKey();
                    assertThat(sink.takenFor(id).getFirst().getValue())
                            .as("calls for " + key)
                            .hasSize(1);
                    versions.add(key.split("/")[2]);
                    String body =
                            new String(sink.takenFor(id).getFirst().getValue().getFirst());
                    assertThat(body).startsWith("X-Version: " + key.split("/")[2].substring(1) + "\r\n");
                }
                assertThat(versions).hasSizeGreaterThan(SWAPS * 8 / 10);
                assertThat(load.refused()).isZero();
                assertThat(server.output()).contains("main.yaml:3: unknown key 'nome'");
            }
        }
    }
}
