package io.waypost.outbound.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Key;
import io.waypost.outbound.port.SourceAddressChanges.Change;
import io.waypost.outbound.port.SourceAddressChanges.Warmth;
import io.waypost.outbound.source.SourcePools.Choice;
import io.waypost.outbound.testing.KeptSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Pools whose addresses are moved and warmed while mail goes out, and counts that outlive a restart. */
class ChangedPoolsTest {

    private static final InetAddress TO = InetAddress.ofLiteral("1.1.1.1");
    private static final SourceAddress A = address("192.0.2.1", Optional.empty());
    private static final LocalDate TODAY = LocalDate.parse("2026-11-26");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-26T12:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final AtomicReference<Map<InetAddress, Change>> changes = new AtomicReference<>(Map.of());
    private final KeptSettings settings = new KeptSettings();

    private static SourceAddress address(String ip, Optional<WarmUp> warmUp) {
        return new SourceAddress(InetAddress.ofLiteral(ip), Optional.empty(), warmUp);
    }

    private static SourceAddress warming() {
        return address("192.0.2.9", Optional.of(new WarmUp(TODAY, List.of(2, 3, 4, 5))));
    }

    private SourcePools pools(Map<String, List<SourceAddress>> configured) throws IOException {
        return new SourcePools(configured, changes::get, DayCounts.load(settings, clock));
    }

    private static int sent(SourcePools pools) {
        int sent = 0;
        while (sent < 1_000 && pools.choose(Optional.empty(), TO) instanceof Choice.From) {
            sent++;
        }
        return sent;
    }

    @Test
    void anAddressIsUsedWhereItWasMovedTo() throws IOException {
        SourcePools pools = pools(Map.of("default", List.of(A)));
        assertThat(pools.choose(Optional.empty(), TO)).isEqualTo(new Choice.From(A));
        changes.set(Map.of(A.address(), new Change(Optional.of("mine"), Optional.empty())));
        assertThat(pools.choose(Optional.of("mine"), TO)).isEqualTo(new Choice.From(A));
        assertThat(pools.choose(Optional.empty(), TO))
                .isEqualTo(new Choice.NotNow("the pool 'default' has no source address now"));
        changes.set(Map.of());
        assertThat(pools.choose(Optional.empty(), TO)).isEqualTo(new Choice.From(A));
    }

    @Test
    void aWarmUpGoesOnFromWhatWasSaid() throws IOException {
        SourceAddress fresh = warming();
        SourcePools pools = pools(Map.of("default", List.of(fresh)));
        changes.set(Map.of(fresh.address(), new Change(Optional.empty(), Optional.of(new Warmth(50, TODAY)))));
        assertThat(sent(pools)).as("the third of four days").isEqualTo(4);
        now.set(Instant.parse("2026-11-27T00:00:00Z"));
        assertThat(sent(pools)).as("the fourth").isEqualTo(5);
        changes.set(Map.of(fresh.address(), new Change(Optional.empty(), Optional.of(new Warmth(100, TODAY)))));
        assertThat(sent(pools)).as("warm").isEqualTo(1_000);
        changes.set(Map.of(
                fresh.address(),
                new Change(Optional.empty(), Optional.of(new Warmth(0, LocalDate.parse("2026-11-27"))))));
        assertThat(sent(pools)).as("begun anew; the day's share is used up").isZero();
    }

    @Test
    void anOldAddressCanBeWarmedAnew() throws IOException {
        SourcePools pools = pools(Map.of("default", List.of(A)));
        changes.set(Map.of(A.address(), new Change(Optional.empty(), Optional.of(new Warmth(0, TODAY)))));
        assertThat(sent(pools)).isEqualTo(WarmUp.STANDARD.getFirst());
    }

    @Test
    void theDaysCountOutlivesARestart() throws IOException {
        SourceAddress fresh = warming();
        DayCounts counts = DayCounts.load(settings, clock);
        SourcePools pools = new SourcePools(Map.of("default", List.of(fresh)), changes::get, counts);
        pools.choose(Optional.empty(), TO);
        pools.choose(Optional.empty(), TO);
        pools.giveBack(fresh);
        counts.close();

        assertThat(sent(pools(Map.of("default", List.of(fresh)))))
                .as("one of two was used")
                .isEqualTo(1);
        now.set(Instant.parse("2026-11-27T00:00:00Z"));
        assertThat(sent(pools(Map.of("default", List.of(fresh)))))
                .as("another day")
                .isEqualTo(3);
    }

    @Test
    void countsAreWrittenEveryTenSeconds() throws IOException {
        SourceAddress fresh = address("192.0.2.9", Optional.of(new WarmUp(TODAY, List.of(100))));
        SourcePools pools = pools(Map.of("default", List.of(fresh)));
        for (int i = 0; i < 5; i++) {
            pools.choose(Optional.empty(), TO);
        }
        assertThat(settings.writings()).isEqualTo(1);
        now.set(now.get().plusSeconds(10));
        pools.choose(Optional.empty(), TO);
        assertThat(settings.writings()).isEqualTo(2);
        settings.broken(true);
        now.set(now.get().plusSeconds(10));
        assertThat(pools.choose(Optional.empty(), TO)).as("nobody's mail waits").isEqualTo(new Choice.From(fresh));
    }

    @Test
    void countsThatCannotBeReadAreSaid() throws IOException {
        Key key = new Key(new Scope("server", "-"), "source-address-counts", "today");
        settings.apply(List.of(new Settings.Change.Put(key, "x")), now.get());
        assertThatThrownBy(() -> pools(Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the counts of new source addresses cannot be read");
    }
}
