package io.waypost.outbound.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.outbound.source.SourcePools.Choice;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SourcePoolsTest {

    private static final InetAddress FOUR = InetAddress.ofLiteral("1.1.1.1");
    private static final InetAddress SIX = InetAddress.ofLiteral("2606:4700::1");
    private static final SourceAddress A = source("192.0.2.1", Optional.empty());
    private static final SourceAddress B = source("192.0.2.2", Optional.empty());

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T12:00:00Z"));

    private static SourceAddress source(String address, Optional<WarmUp> warmUp) {
        return new SourceAddress(InetAddress.ofLiteral(address), Optional.empty(), warmUp);
    }

    private static SourceAddress warming(String address) {
        return source(address, Optional.of(new WarmUp(LocalDate.parse("2026-11-01"), List.of(2, 3))));
    }

    private SourcePools pools(Map<String, List<SourceAddress>> pools) {
        return new SourcePools(pools, ((InstantSource) now::get).withZone(ZoneOffset.UTC));
    }

    @Test
    void withoutPoolsTheSystemChooses() {
        assertThat(pools(Map.of()).choose(Optional.empty(), FOUR)).isEqualTo(new Choice.Any());
    }

    @Test
    void thePoolOfTheMailCounts() {
        SourcePools pools = pools(Map.of("default", List.of(A), "bulk", List.of(B)));
        assertThat(pools.choose(Optional.empty(), FOUR)).isEqualTo(new Choice.From(A));
        assertThat(pools.choose(Optional.of("bulk"), FOUR)).isEqualTo(new Choice.From(B));
        assertThat(pools.choose(Optional.of("other"), FOUR))
                .isEqualTo(new Choice.NotNow("there is no pool 'other' of source addresses"));
    }

    @Test
    void addressesTakeTurns() {
        SourcePools pools = pools(Map.of("default", List.of(A, B)));
        Set<Choice> chosen = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            chosen.add(pools.choose(Optional.empty(), FOUR));
        }
        assertThat(chosen).containsExactlyInAnyOrder(new Choice.From(A), new Choice.From(B));
    }

    @Test
    void anAddressOfTheOtherFamilyIsOfNoUse() {
        assertThat(pools(Map.of("default", List.of(A))).choose(Optional.empty(), SIX))
                .isEqualTo(new Choice.NotThisFamily());
    }

    @Test
    void aNewAddressSendsItsShareOfTheDay() {
        SourceAddress fresh = warming("192.0.2.9");
        SourcePools pools = pools(Map.of("default", List.of(fresh)));
        pools.choose(Optional.empty(), FOUR);
        pools.giveBack(fresh);
        for (int i = 0; i < 2; i++) {
            assertThat(pools.choose(Optional.empty(), FOUR)).isEqualTo(new Choice.From(fresh));
        }
        assertThat(pools.choose(Optional.empty(), FOUR))
                .isEqualTo(new Choice.NotNow("today's share of all new source addresses is used up"));
        now.set(Instant.parse("2026-11-02T00:00:00Z"));
        for (int i = 0; i < 3; i++) {
            assertThat(pools.choose(Optional.empty(), FOUR)).isEqualTo(new Choice.From(fresh));
        }
        assertThat(pools.choose(Optional.empty(), FOUR)).isInstanceOf(Choice.NotNow.class);
        now.set(Instant.parse("2026-11-03T00:00:00Z"));
        for (int i = 0; i < 100; i++) {
            assertThat(pools.choose(Optional.empty(), FOUR)).isEqualTo(new Choice.From(fresh));
        }
    }

    @Test
    void whatANewAddressMayNotSendAnOldOneSends() {
        SourceAddress fresh = warming("192.0.2.9");
        SourcePools pools = pools(Map.of("default", List.of(fresh, A)));
        int byOld = 0;
        for (int i = 0; i < 10; i++) {
            byOld += pools.choose(Optional.empty(), FOUR).equals(new Choice.From(A)) ? 1 : 0;
        }
        assertThat(byOld).isEqualTo(8);
    }
}
