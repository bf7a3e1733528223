package io.waypost.api.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.api.Samples;
import io.waypost.config.MailLogSettings;
import io.waypost.config.text.DataSize;
import io.waypost.message.Disposition;
import io.waypost.message.Outcome;
import io.waypost.message.port.MailLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailJournalTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Clock CLOCK = Clock.fixed(Samples.NOW, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private MailLogSettings settings(long size, Duration age, int keep) {
        return new MailLogSettings(folder.resolve("log/mail.jsonl"), new DataSize(size), age, keep);
    }

    private MailLogSettings settings() {
        return settings(100_000_000, Duration.ofDays(36_500), 3);
    }

    private List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static List<MailLog.Event> oneOfEach() {
        return List.of(
                Samples.accepted("alice@sender.example", List.of("help@example.com")),
                Samples.refused("RCPT", 550, "5.1.1", "unknown-recipient", "No such user"),
                Samples.attempted("webhook:tickets", new Outcome.Done(Disposition.STOP_RULE_SET, "200 OK")),
                Samples.attempted("webhook:tickets", new Outcome.Retry("503", Optional.of(Duration.ofMillis(1500)))),
                Samples.attempted("webhook:tickets", Outcome.failed("410")),
                Samples.died(),
                new MailLog.Settled(Samples.ID, Samples.NOW),
                new MailLog.Revived(Samples.EFFECT, Samples.NOW, false),
                new MailLog.Revived(Samples.EFFECT, Samples.NOW, true));
    }

    @Test
    void everyStateChangeIsOneLineInOrder() throws IOException {
        try (MailJournal journal = new MailJournal(settings(), CLOCK)) {
            oneOfEach().forEach(journal::record);
        }

        List<JsonNode> lines = lines(settings().file());
        assertThat(lines)
                .extracting(line -> line.get("event").asText())
                .containsExactly(
                        "accepted",
                        "refused",
                        "attempted",
                        "attempted",
                        "attempted",
                        "died",
                        "settled",
                        "replayed",
                        "dropped");
        assertThat(lines.getFirst())
                .hasToString("{\"at\":\"2026-11-23T08:00:00.123Z\",\"event\":\"accepted\",\"id\":\"" + Samples.ID
                        + "\",\"line\":\"inbound\",\"size\":10234,\"from\":\"alice@sender.example\","
                        + "\"to\":[\"help@example.com\"],\"recipients\":1,\"remoteIp\":\"192.0.2.25\","
                        + "\"remotePort\":40000,\"helo\":\"mx.sender.example\",\"protocol\":\"ESMTPS\","
                        + "\"tls\":\"TLSv1.3\",\"cipher\":\"TLS_AES_256_GCM_SHA384\",\"verdicts\":{\"spf\":\"PASS\",\"spam\":\"GRAY\",\"spamScore\":4.5},\"ruleSet\":\"production@3\","
                        + "\"rules\":[\"tickets\"],\"tookMillis\":3}");
        assertThat(lines.get(2).get("disposition").asText()).isEqualTo("stop-rule-set");
        assertThat(lines.get(3).get("retryAfterSeconds").asDouble()).isEqualTo(1.5);
        assertThat(lines.get(4).get("effect").asText()).isEqualTo(Samples.EFFECT.toString());
    }

    @Test
    void everyFieldStandsInTheDocumentationAndTheOtherWayRound() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (MailLog.Event event : oneOfEach()) {
            JournalLine.write(event, out);
        }
        JournalLine.writeGap(Samples.NOW, 3, out);
        Map<String, Set<String>> written = new TreeMap<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            JsonNode json = JSON.readTree(line);
            Set<String> fields = written.computeIfAbsent(json.get("event").asText(), event -> new TreeSet<>());
            json.fieldNames().forEachRemaining(fields::add);
        }
        Map<String, Set<String>> documented = new TreeMap<>();
        Pattern row = Pattern.compile("\\| `(\\w+)` \\| ([a-z, ]+) \\| .+ \\|");
        for (String line : Files.readAllLines(Path.of("../docs/mail-log.md"))) {
            Matcher matcher = row.matcher(line);
            if (matcher.matches()) {
                Set<String> events = matcher.group(2).equals("all")
                        ? written.keySet()
                        : Set.of(matcher.group(2).split(", "));
                events.forEach(event -> documented
                        .computeIfAbsent(event, any -> new TreeSet<>())
                        .add(matcher.group(1)));
            }
        }

        assertThat(documented).isEqualTo(written);
    }

    @Property(tries = 500)
    void hostileTextStaysInItsLineAndItsField(@ForAll String text) throws IOException {
        MailLog.Refused event = new MailLog.Refused(
                Samples.NOW,
                Samples.client(text),
                "RCPT",
                "unknown-recipient",
                io.waypost.message.Reply.of(550, "5.1.1", "No"),
                Optional.of(text),
                List.of(text));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        JournalLine.write(event, out);

        String line = out.toString(StandardCharsets.ISO_8859_1);
        assertThat(line).endsWith("}\n");
        assertThat(line.substring(0, line.length() - 1).chars()).allMatch(c -> c >= ' ' && c < 0x7f);
        assertThat(JSON.readTree(line).get("code").asInt()).isEqualTo(550);
    }

    @Test
    void controlsAndLoneSurrogatesAndLongTextsAreWrittenSafely() throws IOException {
        String hostile = "\u007f\u001b[2J\r\n\u2028\u202e\"}\ud800x\ud83d\ude00" + "y".repeat(5000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        JournalLine.write(Samples.attempted("webhook:x", Outcome.retry(hostile)), out);
        JournalLine.write(Samples.accepted("", Collections.nCopies(5000, "a@example.com")), out);

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(JSON.readTree(lines.get(0)).get("detail").asText())
                .startsWith("\u007f\u001b[2J\r\n\u2028\u202e\"}\ufffdx\ud83d\ude00yyy")
                .endsWith("y...")
                .hasSize(JournalLine.MOST_CHARACTERS + 3);
        JsonNode accepted = JSON.readTree(lines.get(1));
        assertThat(accepted.get("to")).hasSize(JournalLine.MOST_ENTRIES);
        assertThat(accepted.get("recipients").asInt()).isEqualTo(5000);
        assertThat(accepted.get("from").asText()).isEmpty();
    }

    @Test
    void filesArePutAsideBySizeAndTheirNumberIsBounded() throws IOException {
        try (MailJournal journal = new MailJournal(settings(2000, Duration.ofDays(36_500), 3), CLOCK)) {
            for (int i = 0; i < 200; i++) {
                journal.record(new MailLog.Settled(Samples.ID, Samples.NOW.plusMillis(i)));
            }
        }

        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            List<Path> all = files.sorted().toList();
            assertThat(all).hasSize(4);
            for (Path file : all) {
                assertThat(Files.size(file)).isLessThanOrEqualTo(2000);
                assertThat(lines(file)).isNotEmpty();
            }
            List<Instant> kept = new ArrayList<>();
            for (Path file : all) {
                for (JsonNode line : lines(file)) {
                    kept.add(Instant.parse(line.get("at").asText()));
                }
            }
            assertThat(kept).isSorted().contains(Samples.NOW.plusMillis(199)).doesNotContain(Samples.NOW);
        }
    }

    @Test
    void anOldFileIsPutAside() throws IOException {
        MailLogSettings settings = settings(1_000_000, Duration.ofHours(1), 3);
        try (JournalFiles files = new JournalFiles(settings, Clock.systemUTC())) {
            files.append("{}\n".getBytes(StandardCharsets.US_ASCII), 3);
        }
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
        try (JournalFiles files = new JournalFiles(settings, later)) {
            files.append("{}\n".getBytes(StandardCharsets.US_ASCII), 3);
            files.append("{}\n".getBytes(StandardCharsets.US_ASCII), 3);
        }

        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            assertThat(files).hasSize(2);
        }
        assertThat(settings.file()).hasContent("{}\n{}");
    }

    @Test
    void aTornLineStaysAlone() throws IOException {
        Files.createDirectory(folder.resolve("log"));
        Files.writeString(settings().file(), "{\"event\":\"acc");

        try (MailJournal journal = new MailJournal(settings(), CLOCK)) {
            journal.record(new MailLog.Settled(Samples.ID, Samples.NOW));
        }

        assertThat(Files.readAllLines(settings().file()))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("{\"at\"");
    }

    @Test
    void whatFindsNoRoomIsCountedAndNeverWaitsAndAGapIsTold() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), "a file where the folder should be");
        try (MailJournal journal = new MailJournal(settings(), CLOCK, 10)) {
            journal.record(Samples.accepted("", Collections.nCopies(10, "a@example.com")));
            assertThat(journal.dropped()).isEqualTo(1);

            journal.record(new MailLog.Settled(Samples.ID, Samples.NOW));
            await().atMost(Duration.ofSeconds(20)).until(() -> journal.dropped() == 2);

            Files.delete(log);
            journal.record(new MailLog.Settled(Samples.ID, Samples.NOW));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Files.exists(settings().file())
                            && Files.readAllLines(settings().file()).size() == 2);
            assertThat(journal.dropped()).isEqualTo(2);
        }
        List<JsonNode> lines = lines(settings().file());
        assertThat(lines.getFirst().get("event").asText()).isEqualTo("gap");
        assertThat(lines.getFirst().get("records").asInt()).isEqualTo(2);
        assertThat(lines.getLast().get("event").asText()).isEqualTo("settled");
    }

    @Test
    void manyThreadsLoseNothingThatHasRoom() throws Exception {
        MailJournal journal = new MailJournal(settings(), CLOCK);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int n = 0; n < 500; n++) {
                    journal.record(new MailLog.Settled(Samples.ID, Samples.NOW));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        journal.close();
        journal.record(new MailLog.Settled(Samples.ID, Samples.NOW));

        assertThat(lines(settings().file())).hasSize(10_000);
        assertThat(journal.dropped()).isEqualTo(1);
    }
}
