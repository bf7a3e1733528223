package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.server.support.HookSink;
import io.waypost.server.support.Http;
import io.waypost.server.support.Ports;
import io.waypost.server.support.Sender;
import io.waypost.server.support.Setup;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What monitoring sees of the running server: health, readiness, metrics that count real mail, the log of mails. */
class HttpTest {

    private static final byte[] MESSAGE = "Subject: x\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String RULES = """
            name: main
            active: true
            rules:
              - name: desk
                recipients: [help@example.test]
                actions: [ { s3: { bucket: mail } }, { webhook: { to: desk, format: raw } } ]
            """;

    @TempDir
    Path folder;

    @Test
    void aServerWithoutAnActiveRuleSetLivesAndIsNotReady() throws Exception {
        Setup setup = new Setup(folder)
                .webhook("desk", Ports.free())
                .rules(RULES.replace("true", "false"))
                .write();
        try (Server server = InProcess.start(setup)) {
            assertThat(Http.get(setup.httpPort(), "/healthz").statusCode()).isEqualTo(200);
            HttpResponse<String> ready = Http.get(setup.httpPort(), "/readyz");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("no rule set is active");
        }
    }

    @Test
    void metricsAndTheLogTellOfEveryMail() throws Exception {
        int hookPort = Ports.free();
        Setup setup = new Setup(folder).webhook("desk", hookPort).rules(RULES).write();
        AtomicInteger calls = new AtomicInteger();
        List<String> log;
        String id;
        try (HookSink desk = new HookSink(hookPort);
                Server server = InProcess.start(setup);
                Sender sender = new Sender(setup.smtpPort())) {
            desk.behave(() -> calls.getAndIncrement() == 0 ? HookSink.Answer.ERROR_500 : HookSink.Answer.OK);
            int http = setup.httpPort();
            assertThat(Http.get(http, "/readyz").statusCode()).isEqualTo(200);
            String before = Http.get(http, "/metrics").body();
            assertThat(before)
                    .contains(
                            "waypost_queue_oldest_age_seconds ", "waypost_dead_letters ", "waypost_spool_free_bytes ");

            assertThat(sender.command("MAIL FROM:<alice@sender.test>")).startsWith("250");
            assertThat(sender.command("RCPT TO:<nobody@example.test>")).startsWith("550 5.1.1");
            sender.command("RSET");
            id = Sender.idOf(sender.send("alice@sender.test", "help@example.test", MESSAGE));
            InProcess.awaitSettled(setup);

            assertThat(Http.metric(http, "waypost_smtp_transactions_total{result=\"accepted\"}"))
                    .isEqualTo(1);
            assertThat(Http.metric(http, "waypost_effects_total{action=\"s3\",result=\"done\"}"))
                    .isEqualTo(1);
            assertThat(Http.metric(http, "waypost_effects_total{action=\"webhook\",result=\"retry\"}"))
                    .isEqualTo(1);
            assertThat(Http.metric(http, "waypost_effects_total{action=\"webhook\",result=\"done\"}"))
                    .isEqualTo(1);
            assertThat(Http.metric(http, "waypost_effect_duration_seconds_count{action=\"webhook\"}"))
                    .isEqualTo(2);
            assertThat(Http.metric(http, "waypost_smtp_refusals_total{reason=\"unknown-recipient\",stage=\"rcpt\"}"))
                    .isEqualTo(1);
            assertThat(Http.metric(http, "waypost_accepted_bytes_total")).isGreaterThan(MESSAGE.length);
            assertThat(Http.metric(http, "waypost_spool_free_bytes")).isGreaterThan(1_000_000);

            desk.behave(() -> HookSink.Answer.GONE_410);
            sender.send("alice@sender.test", "help@example.test", MESSAGE);
            await().atMost(Duration.ofSeconds(20)).until(() -> Http.metric(http, "waypost_dead_letters") == 1);
        }
        Path file = setup.data().resolve("log/mail.jsonl");
        log = Files.readAllLines(file);
        List<String> events = new ArrayList<>();
        for (String line : log) {
            JsonNode event = new ObjectMapper().readTree(line);
            assertThat(event.path("at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
            if (event.path("event").asText().equals("refused")
                    || event.path("id").asText().equals(id)) {
                events.add(event.path("event").asText()
                        + event.path("destination").asText()
                        + event.path("result").asText());
            }
        }
        assertThat(events)
                .containsExactly(
                        "refused",
                        "accepted",
                        "attempteds3:maildone",
                        "attemptedwebhook:deskretry",
                        "attemptedwebhook:deskdone",
                        "settled");
        assertThat(log).anyMatch(line -> line.contains("\"died\"") && line.contains("answered 410"));
    }
}
