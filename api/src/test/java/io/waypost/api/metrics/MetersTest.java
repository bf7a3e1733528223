package io.waypost.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waypost.api.Samples;
import io.waypost.api.configuration.EventKind;
import io.waypost.api.tracking.TrackingFigures;
import io.waypost.message.Outcome;
import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.MailLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetersTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry);

    @Test
    void transactionsAreCountedByTheirEnd() {
        meters.record(Samples.accepted("a@b.example", List.of("c@example.com")));
        meters.record(Samples.refused("DATA", 550, "5.6.0", "bare-lf", "No"));
        meters.record(Samples.refused("BDAT", 452, "4.3.1", "no-room", "Later"));
        meters.record(Samples.refused("RCPT", 550, "5.1.1", "unknown-recipient", "No such user"));

        assertThat(registry.scrape())
                .contains(
                        "waypost_smtp_transactions_total{result=\"accepted\"} 1.0",
                        "waypost_smtp_transactions_total{result=\"refused\"} 1.0",
                        "waypost_smtp_transactions_total{result=\"deferred\"} 1.0",
                        "waypost_smtp_refusals_total{reason=\"unknown-recipient\",stage=\"rcpt\"} 1.0",
                        "waypost_smtp_refusals_total{reason=\"bare-lf\",stage=\"data\"} 1.0",
                        "waypost_accepted_bytes_total 10234.0",
                        "waypost_accept_duration_seconds_count 1",
                        "waypost_accept_duration_seconds_bucket{le=\"0.005\"} 1");
    }

    @Test
    void loginsAreCountedByTheirEnd() {
        meters.loginEnded("accepted");
        meters.loginEnded("refused");
        meters.loginEnded("refused");

        assertThat(registry.scrape())
                .contains(
                        "waypost_submission_logins_total{result=\"accepted\"} 1.0",
                        "waypost_submission_logins_total{result=\"refused\"} 2.0");
    }

    @Test
    void effectsAreCountedByActionAndResult() {
        meters.record(Samples.attempted("webhook:tickets", Outcome.done("200")));
        meters.record(Samples.attempted("webhook:other", Outcome.retry("503")));
        meters.record(Samples.attempted("s3:mail", Outcome.failed("no such bucket")));
        meters.record(Samples.attempted("", Outcome.done("added")));
        meters.record(Samples.died());
        meters.record(new MailLog.Settled(Samples.ID, Samples.NOW));
        meters.record(new MailLog.Revived(Samples.EFFECT, Samples.NOW, false));
        meters.record(new MailLog.Revived(Samples.EFFECT, Samples.NOW, true));

        assertThat(registry.scrape())
                .contains(
                        "waypost_effects_total{action=\"webhook\",result=\"done\"} 1.0",
                        "waypost_effects_total{action=\"webhook\",result=\"retry\"} 1.0",
                        "waypost_effects_total{action=\"s3\",result=\"failed\"} 1.0",
                        "waypost_effects_total{action=\"local\",result=\"done\"} 1.0",
                        "waypost_effect_duration_seconds_count{action=\"webhook\"} 2",
                        "waypost_effects_died_total 1.0",
                        "waypost_mails_settled_total 1.0",
                        "waypost_effects_revived_total{how=\"replayed\"} 1.0",
                        "waypost_effects_revived_total{how=\"dropped\"} 1.0");
    }

    @Test
    void gaugesAskTheLedgerOnceForAScrape() {
        AtomicInteger asked = new AtomicInteger();
        meters.watchLedger(() -> {
            asked.incrementAndGet();
            return new Ledger.Figures(7, 3, Duration.ofMillis(1500), 5_000_000_000L);
        });
        meters.watchConnections(() -> 11);
        meters.watchMailLog(() -> 5);

        assertThat(registry.scrape())
                .contains(
                        "waypost_mails_unsettled 7.0",
                        "waypost_dead_letters 3.0",
                        "waypost_queue_oldest_age_seconds 1.5",
                        "waypost_spool_free_bytes 5.0E9",
                        "waypost_smtp_connections 11.0",
                        "waypost_maillog_dropped_total 5.0");
        assertThat(asked).hasValue(1);
    }

    @Test
    void figuresThatCannotBeReadAreNoNumberAndHurtNobody() {
        meters.watchLedger(() -> {
            throw new IOException("disk");
        });

        assertThat(registry.scrape()).contains("waypost_dead_letters NaN");
    }

    @Test
    void figuresAreASecondOldAtMost() {
        AtomicLong nanos = new AtomicLong();
        AtomicInteger asked = new AtomicInteger();
        CachedFigures figures =
                new CachedFigures(() -> new Ledger.Figures(asked.incrementAndGet(), 0, Duration.ZERO, 0), nanos::get);

        assertThat(figures.figures().orElseThrow().unsettled()).isEqualTo(1);
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(figures.figures().orElseThrow().unsettled()).isEqualTo(1);
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(figures.figures().orElseThrow().unsettled()).isEqualTo(2);
    }

    @Test
    void labelsNeverGrowWithoutBound() {
        for (int i = 0; i < 1000; i++) {
            meters.clientBlocked("filter:10.0." + i + ".0/24");
            meters.record(Samples.refused("RCPT", 550, "5.1.1", "reason-" + i, "No"));
            meters.record(Samples.attempted("kind" + i + ":x", Outcome.done("")));
        }
        meters.record(Samples.refused("evil\"} 1\nx", 550, "5.1.1", "x".repeat(100), "No"));

        String scrape = registry.scrape();
        assertThat(scrape.lines().filter(line -> line.startsWith("waypost_smtp_refusals_total")))
                .hasSizeBetween(100, 101);
        assertThat(scrape.lines().filter(line -> line.startsWith("waypost_clients_blocked_total")))
                .hasSizeBetween(100, 101);
        assertThat(scrape.lines().filter(line -> line.startsWith("waypost_effects_total")))
                .hasSizeBetween(100, 101);
        assertThat(scrape).contains("{reason=\"other\",stage=\"other\"} 901.0").doesNotContain("evil");
    }

    @Test
    void blockedClientsAreCountedByRuleAndTheirRefusalsByKind() {
        meters.clientBlocked("filter:203.0.113.0/24");
        meters.clientBlocked("filter:2001:db8:0:0:0:0:0:0/32");
        meters.clientBlocked("dnsbl:zen.spamhaus.org");
        meters.clientBlocked("dnsbl:zen.spamhaus.org");
        meters.clientBlocked("mail:evil\"} 1\nx");
        meters.record(Samples.refused("RCPT", 550, "5.7.1", "dnsbl:zen.spamhaus.org", "No"));
        meters.record(Samples.refused("CONNECT", 554, "5.7.1", "filter:203.0.113.0/24", "No"));

        assertThat(registry.scrape())
                .contains(
                        "waypost_clients_blocked_total{rule=\"filter:203.0.113.0/24\"} 1.0",
                        "waypost_clients_blocked_total{rule=\"filter:2001:db8:0:0:0:0:0:0/32\"} 1.0",
                        "waypost_clients_blocked_total{rule=\"dnsbl:zen.spamhaus.org\"} 2.0",
                        "waypost_clients_blocked_total{rule=\"other\"} 1.0",
                        "waypost_smtp_refusals_total{reason=\"dnsbl\",stage=\"rcpt\"} 1.0",
                        "waypost_smtp_refusals_total{reason=\"filter\",stage=\"connect\"} 1.0")
                .doesNotContain("evil");
    }

    @Test
    void checksAreCountedByWhatTheyFound() {
        meters.checked(Verdicts.Check.SPF, new Verdict(Verdict.Status.PASS, "pass", "", Duration.ofMillis(3)));
        meters.checked(Verdicts.Check.SPF, new Verdict(Verdict.Status.PASS, "pass", "", Duration.ofMillis(3)));
        meters.checked(
                Verdicts.Check.VIRUS,
                new Verdict(Verdict.Status.PROCESSING_FAILED, "error", "down", Duration.ofSeconds(2)));

        assertThat(registry.scrape())
                .contains(
                        "waypost_checks_total{check=\"spf\",verdict=\"pass\"} 2.0",
                        "waypost_checks_total{check=\"virus\",verdict=\"processing_failed\"} 1.0",
                        "waypost_check_duration_seconds_count{check=\"virus\"} 1",
                        "waypost_check_duration_seconds_max{check=\"virus\"} 2.0");
    }

    @Test
    void requestsAreCountedByTheirStatus() {
        meters.apiAnswered("ses", 200, Duration.ofMillis(3));
        meters.apiAnswered("ses", 403, Duration.ofMillis(1));
        meters.apiAnswered("ses", 200, Duration.ofMillis(3));
        assertThat(registry.scrape())
                .contains("waypost_api_requests_total{api=\"ses\",status=\"200\"} 2.0")
                .contains("waypost_api_requests_total{api=\"ses\",status=\"403\"} 1.0")
                .contains("waypost_api_request_duration_seconds_count{api=\"ses\"} 3");
    }

    @Test
    void deliveriesAreCountedByWayAndResult() {
        meters.deliveryAttempted("mx", "google", "delivered");
        meters.deliveryAttempted("mx", "other", "delivered");
        meters.deliveryAttempted("relay", "none", "held");
        meters.connectionCarried("mta-sts", false);
        meters.connectionCarried("mta-sts", true);
        assertThat(registry.scrape())
                .contains("waypost_delivery_attempts_total{result=\"delivered\",way=\"mx\"} 2.0")
                .contains("waypost_delivery_attempts_total{result=\"held\",way=\"relay\"} 1.0")
                .contains("waypost_delivery_receivers_total{receiver=\"google\",result=\"delivered\"} 1.0")
                .contains("waypost_delivery_receivers_total{receiver=\"none\",result=\"held\"} 1.0")
                .contains("waypost_delivery_connections_total{reused=\"true\",tls=\"mta-sts\"} 1.0");
    }

    @Test
    void eventsAreCountedByTypeAndSetAndNoMoreThanAHundred() {
        meters.count(EventKind.BOUNCE, Optional.of("main"));
        meters.count(EventKind.BOUNCE, Optional.empty());
        meters.count(EventKind.DELIVERY_DELAY, Optional.of("evil\"} x"));
        for (int i = 0; i < 200; i++) {
            meters.count(EventKind.SEND, Optional.of("set-" + i));
        }
        assertThat(registry.scrape())
                .contains(
                        "waypost_mail_events_total{type=\"bounce\"} 2.0",
                        "waypost_mail_events_total{type=\"send\"} 200.0",
                        "waypost_mail_set_events_total{configuration_set=\"main\",type=\"bounce\"} 1.0",
                        "waypost_mail_set_events_total{configuration_set=\"other\",type=\"other\"} 102.0")
                .doesNotContain("evil", "set-150");
    }

    @Test
    void opensAndClicksAreCountedByWhatBecameOfThem() {
        meters.ended("click", TrackingFigures.End.TOLD);
        meters.ended("click", TrackingFigures.End.TOLD);
        meters.ended("open", TrackingFigures.End.FORGOTTEN);
        assertThat(registry.get("waypost.tracking")
                        .tags("kind", "click", "result", "told")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("waypost.tracking")
                        .tags("kind", "open", "result", "forgotten")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void everyNameStandsInTheDocumentation() throws IOException {
        checksAreCountedByWhatTheyFound();
        effectsAreCountedByActionAndResult();
        blockedClientsAreCountedByRuleAndTheirRefusalsByKind();
        transactionsAreCountedByTheirEnd();
        gaugesAskTheLedgerOnceForAScrape();
        new RefusedRequests(registry, List.of("busy")).count("busy");
        new HttpRefusals(registry).count(HttpRefusals.Limit.CONNECTIONS);
        requestsAreCountedByTheirStatus();
        deliveriesAreCountedByWayAndResult();
        eventsAreCountedByTypeAndSetAndNoMoreThanAHundred();
        loginsAreCountedByTheirEnd();
        opensAndClicksAreCountedByWhatBecameOfThem();
        Set<String> scraped = names(registry.scrape(), Pattern.compile("(?m)^# TYPE (waypost_\\w+) "));

        Set<String> documented =
                names(Files.readString(Path.of("../docs/metrics.md")), Pattern.compile("(?m)^\\| `(waypost_\\w+)"));

        assertThat(documented).isEqualTo(scraped);
    }

    @Test
    void theProcessIsWatchedToo() {
        meters.watchProcess();

        assertThat(registry.scrape()).contains("jvm_memory_used_bytes", "process_uptime_seconds", "process_files_open");
    }

    private static Set<String> names(String text, Pattern pattern) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
