package io.waypost.smtp.checks.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Verdicts.ClientFacts;
import io.waypost.smtp.Cidr;
import io.waypost.smtp.checks.client.IpFilter.Policy;
import io.waypost.smtp.testing.FakeDns;
import io.waypost.smtp.testing.StalledDns;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientChecksTest {

    private static final String EVERY = "127.0.0.0-127.255.254.255";
    private static final BlockList REFUSING = BlockListTest.list("bl.example", "bl.example", EVERY);
    private static final BlockList MARKING = new BlockList("k3y.zen.example", "zen.example", REFUSING.answers(), false);
    private static final InetAddress CLIENT = InetAddress.ofLiteral("203.0.113.9");
    private static final Duration LONG = Duration.ofSeconds(10);

    private final FakeDns dns = new FakeDns()
            .a("9.113.0.203.bl.example", "127.0.0.2")
            .a("9.113.0.203.k3y.zen.example", "127.0.0.4")
            .ptr("203.0.113.9", "mx.example")
            .a("mx.example", "203.0.113.9");

    private ClientChecks checks(boolean enforcing, String... filters) {
        return new ClientChecks(
                new ClientSettings(enforcing, List.of(MARKING, REFUSING), true, LONG), filters(filters), dns);
    }

    private static IpFilters filters(String... filters) {
        return new IpFilters(List.of(filters).stream()
                .map(text -> new IpFilter(
                        text.charAt(0) == '+' ? Policy.ALLOW : Policy.BLOCK, Cidr.of(text.substring(1)), text))
                .toList());
    }

    @Test
    void everythingIsFoundOutAndToldByTheListsNames() {
        try (ClientCheck check = checks(true).begin(CLIENT)) {
            assertThat(check.facts())
                    .isEqualTo(new ClientFacts(Optional.of("mx.example"), List.of("zen.example", "bl.example")));
            assertThat(check.blockedBy()).isEmpty();
            assertThat(check.refusedBy()).contains(REFUSING);
            assertThat(check.reverseName().orElseThrow().result()).isEqualTo(ReverseName.Result.PASS);
        }
        assertThat(dns.questions).hasSize(4);
    }

    @Test
    void aClientOfAnUnlistedAddressIsNotRefused() {
        try (ClientCheck check = checks(true).begin(InetAddress.ofLiteral("203.0.113.10"))) {
            assertThat(check.refusedBy()).isEmpty();
            assertThat(check.facts()).isEqualTo(new ClientFacts(Optional.empty(), List.of()));
        }
    }

    @Test
    void anAllowedClientIsNotLookedForInLists() {
        try (ClientCheck check = checks(true, "+203.0.113.0/24", "-203.0.113.9").begin(CLIENT)) {
            assertThat(check.blockedBy()).isEmpty();
            assertThat(check.refusedBy()).isEmpty();
            assertThat(check.facts()).isEqualTo(new ClientFacts(Optional.of("mx.example"), List.of()));
        }
        assertThat(dns.questions).containsExactly("PTR 203.0.113.9", "A mx.example");
    }

    @Test
    void nothingIsAskedAboutABlockedClient() {
        try (ClientCheck check = checks(true, "-203.0.113.9").begin(CLIENT)) {
            assertThat(check.blockedBy()).contains("-203.0.113.9");
            assertThat(check.facts()).isEqualTo(new ClientFacts(Optional.empty(), List.of()));
            assertThat(check.reverseName()).isEmpty();
        }
        assertThat(dns.questions).isEmpty();
    }

    @Test
    void whereNothingIsRefusedABlockedClientIsAskedAbout() {
        try (ClientCheck check = checks(false, "-203.0.113.9").begin(CLIENT)) {
            assertThat(check.isEnforcing()).isFalse();
            assertThat(check.blockedBy()).contains("-203.0.113.9");
            assertThat(check.facts().listings()).containsExactly("zen.example", "bl.example");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.1",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "0.0.0.0",
                "224.0.0.1",
                "::1",
                "::",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fdff::1",
                "ff02::1",
                "::ffff:10.0.0.1",
            })
    void nobodyIsAskedAboutALocalAddress(String address) {
        try (ClientCheck check = checks(true).begin(InetAddress.ofLiteral(address))) {
            assertThat(check.facts()).isEqualTo(new ClientFacts(Optional.empty(), List.of()));
            assertThat(check.reverseName()).isEmpty();
        }
        assertThat(dns.questions).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.255.255.255",
                "11.0.0.0",
                "172.32.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "2001:db8::1",
                "fbff::1"
            })
    void whatLiesBesideALocalNetworkIsAskedAbout(String address) {
        try (ClientCheck check = checks(true).begin(InetAddress.ofLiteral(address))) {
            assertThat(check.reverseName()).isPresent();
        }
    }

    @Test
    void filtersAreReplacedAtOnceAndOldConnectionsKeepTheirAnswer() {
        ClientChecks checks = checks(true);
        try (ClientCheck before = checks.begin(CLIENT)) {
            checks.replace(filters("-203.0.113.0/24"));
            try (ClientCheck after = checks.begin(CLIENT)) {
                assertThat(before.blockedBy()).isEmpty();
                assertThat(after.blockedBy()).contains("-203.0.113.0/24");
            }
        }
    }

    @Test
    void nobodyWaitsLongerThanTheDeadlineAndALateAnswerChangesNothing() {
        StalledDns stalled = new StalledDns();
        stalled.a("9.113.0.203.bl.example", "127.0.0.2");
        ClientSettings settings = new ClientSettings(true, List.of(REFUSING), true, Duration.ofMillis(50));
        try (ClientCheck check = new ClientChecks(settings, IpFilters.NONE, stalled).begin(CLIENT)) {
            assertThat(check.listings()).singleElement().isEqualTo(new Listing.NotAsked(REFUSING, "no answer in time"));
            assertThat(check.reverseName().orElseThrow())
                    .isEqualTo(ReverseName.none(ReverseName.Result.TEMPERROR, "no answer in time"));
            stalled.answer();
            Awaitility.await().untilAsserted(() -> assertThat(stalled.waiting).hasValue(0));
            assertThat(check.refusedBy()).isEmpty();
            assertThat(check.facts().listings()).isEmpty();
        }
    }

    @Test
    void whatNobodyWaitsForIsEnded() {
        StalledDns stalled = new StalledDns();
        ClientSettings settings = new ClientSettings(true, List.of(REFUSING, MARKING), true, LONG);
        ClientCheck check = new ClientChecks(settings, IpFilters.NONE, stalled).begin(CLIENT);
        Awaitility.await().untilAsserted(() -> assertThat(stalled.waiting).hasValue(3));

        check.close();

        Awaitility.await().untilAsserted(() -> assertThat(stalled.waiting).hasValue(0));
    }

    @Test
    void aBrokenResolverIsNoListing() {
        FakeDns broken = new FakeDns() {
            @Override
            public Answer<InetAddress> addresses(String name, Family family) {
                throw new IllegalStateException("broken");
            }
        };
        ClientSettings settings = new ClientSettings(true, List.of(REFUSING), false, LONG);
        try (ClientCheck check = new ClientChecks(settings, IpFilters.NONE, broken).begin(CLIENT)) {
            assertThat(check.listings()).containsExactly(new Listing.NotAsked(REFUSING, "internal error"));
        }
    }
}
