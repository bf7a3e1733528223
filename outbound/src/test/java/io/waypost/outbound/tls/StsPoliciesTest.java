package io.waypost.outbound.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.message.Domain;
import io.waypost.outbound.testing.TableDns;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** When a policy is fetched, and for how long it is kept (RFC 8461 5.1). */
class StsPoliciesTest {

    private static final Domain FAR = new Domain("far.example");

    private final TableDns dns = new TableDns();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T09:30:05Z"));
    private final Map<Domain, KeptPolicy> kept = new ConcurrentHashMap<>();
    private final AtomicInteger fetched = new AtomicInteger();
    private String text = policy("enforce", 8 * 86_400);
    private volatile boolean down;

    private StsPolicies policies() {
        return new StsPolicies(dns, this::fetch, new MapShelf(), ((InstantSource) now::get).withZone(ZoneOffset.UTC));
    }

    private String fetch(Domain domain) throws IOException {
        fetched.incrementAndGet();
        if (down) {
            throw new IOException("down");
        }
        return text;
    }

    private final class MapShelf implements PolicyShelf {
        @Override
        public Map<Domain, KeptPolicy> all(Instant at) {
            return Map.copyOf(kept);
        }

        @Override
        public void put(Domain domain, KeptPolicy policy) {
            kept.put(domain, policy);
        }
    }

    private static String policy(String mode, int seconds) {
        return "version: STSv1\nmode: " + mode + "\nmx: mx.far.example\nmax_age: " + seconds + "\n";
    }

    private void announce(String id) {
        dns.clear();
        dns.txt("_mta-sts.far.example", "v=STSv1; id=" + id + ";");
    }

    private void pass(Duration time) {
        now.updateAndGet(then -> then.plus(time));
    }

    private static Optional<StsPolicy.Mode> mode(StsPolicies policies) {
        return policies.of(FAR).map(StsPolicy::mode);
    }

    @Test
    void withoutARecordNothingIsFetched() {
        assertThat(policies().of(FAR)).isEmpty();
        assertThat(policies().of(new Domain("[192.0.2.1]"))).isEmpty();
        assertThat(fetched).hasValue(0);
    }

    @Test
    void itIsFetchedOnceForEachId() {
        StsPolicies policies = policies();
        announce("1");
        assertThat(mode(policies)).contains(StsPolicy.Mode.ENFORCE);
        assertThat(mode(policies)).contains(StsPolicy.Mode.ENFORCE);
        assertThat(fetched).hasValue(1);
        text = policy("testing", 86_400);
        announce("2");
        assertThat(mode(policies)).contains(StsPolicy.Mode.TESTING);
        assertThat(fetched).hasValue(2);
    }

    @Test
    void nobodyTakesItAwayByDisturbingDnsOrTheHost() {
        StsPolicies policies = policies();
        announce("1");
        policies.of(FAR);
        dns.clear();
        assertThat(mode(policies)).as("the record is gone").contains(StsPolicy.Mode.ENFORCE);
        dns.failing("_mta-sts.far.example");
        assertThat(mode(policies)).as("DNS is down").contains(StsPolicy.Mode.ENFORCE);
        announce("2");
        down = true;
        assertThat(mode(policies)).as("the host is down").contains(StsPolicy.Mode.ENFORCE);
        pass(Duration.ofDays(8));
        assertThat(mode(policies)).as("its time is over").isEmpty();
    }

    @Test
    void itIsFetchedAgainLongBeforeItsTimeIsOver() {
        StsPolicies policies = policies();
        announce("1");
        policies.of(FAR);
        pass(Duration.ofHours(23));
        policies.of(FAR);
        assertThat(fetched).hasValue(1);
        pass(Duration.ofHours(2));
        policies.of(FAR);
        assertThat(fetched).hasValue(2);
    }

    @Test
    void aHostThatDoesNotAnswerHasAPause() {
        StsPolicies policies = policies();
        announce("1");
        down = true;
        assertThat(mode(policies)).isEmpty();
        assertThat(mode(policies)).isEmpty();
        assertThat(fetched).hasValue(1);
        pass(Duration.ofMinutes(6));
        down = false;
        assertThat(mode(policies)).contains(StsPolicy.Mode.ENFORCE);
    }

    @Test
    void itIsFetchedAgainWithoutAMailWhateverDnsSays() {
        StsPolicies policies = policies();
        announce("1");
        policies.of(FAR);
        policies.refresh();
        assertThat(fetched).as("a fresh one").hasValue(1);
        dns.clear();
        for (int day = 1; day <= 20; day++) {
            pass(Duration.ofHours(25));
            policies.refresh();
            assertThat(fetched).hasValue(1 + day);
        }
        assertThat(mode(policies)).as("behind its first time").contains(StsPolicy.Mode.ENFORCE);
        assertThat(mode(policies())).as("kept as fetched last").contains(StsPolicy.Mode.ENFORCE);
    }

    @Test
    void aRefreshThatFailsTakesNothingAway() {
        StsPolicies policies = policies();
        announce("1");
        policies.of(FAR);
        down = true;
        pass(Duration.ofDays(7));
        policies.refresh();
        policies.refresh();
        assertThat(fetched).as("not again at once").hasValue(2);
        assertThat(mode(policies)).contains(StsPolicy.Mode.ENFORCE);
        down = false;
        text = "no policy";
        pass(Duration.ofHours(1));
        policies.refresh();
        assertThat(mode(policies)).as("what was fetched is none").contains(StsPolicy.Mode.ENFORCE);
        text = policy("testing", 86_400);
        pass(Duration.ofHours(1));
        policies.refresh();
        assertThat(mode(policies)).contains(StsPolicy.Mode.TESTING);
    }

    @Test
    void whatNoMailHasAskedForInAMonthRunsOut() {
        text = policy("enforce", 365 * 86_400);
        StsPolicies policies = policies();
        announce("1");
        policies.of(FAR);
        pass(Duration.ofDays(29));
        policies.refresh();
        assertThat(fetched).hasValue(2);
        pass(Duration.ofDays(2));
        policies.refresh();
        assertThat(fetched).hasValue(2);
        policies.of(FAR);
        policies.refresh();
        assertThat(fetched).as("a mail did it, and nobody else").hasValue(3);
        pass(Duration.ofDays(2));
        policies.refresh();
        assertThat(fetched).as("in use again").hasValue(4);
    }

    @Test
    void anInterruptEndsARound() throws Exception {
        announce("1");
        StsPolicies policies = policies();
        policies.of(FAR);
        pass(Duration.ofDays(2));
        Thread round = Thread.ofPlatform().unstarted(() -> {
            Thread.currentThread().interrupt();
            policies.refresh();
        });
        round.start();
        round.join();
        assertThat(fetched).hasValue(1);
    }

    @Test
    void roundsComeByThemselvesUntilItIsClosed() throws Exception {
        announce("1");
        StsPolicies policies = policies();
        policies.of(FAR);
        pass(Duration.ofDays(2));
        StsRefresh refresh = new StsRefresh(policies, Duration.ofMillis(10));
        refresh.start();
        await().until(() -> fetched.get() == 2);
        refresh.close();
        pass(Duration.ofDays(2));
        assertThat(fetched).hasValue(2);
    }

    @Test
    void itOutlivesTheProcess() {
        announce("1");
        policies().of(FAR);
        dns.clear();
        assertThat(mode(policies())).contains(StsPolicy.Mode.ENFORCE);
        assertThat(fetched).hasValue(1);
    }
}
