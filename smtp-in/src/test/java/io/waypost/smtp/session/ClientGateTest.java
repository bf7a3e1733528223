package io.waypost.smtp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Cidr;
import io.waypost.smtp.Limits;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.checks.client.AnswerRange;
import io.waypost.smtp.checks.client.BlockList;
import io.waypost.smtp.checks.client.ClientChecks;
import io.waypost.smtp.checks.client.ClientSettings;
import io.waypost.smtp.checks.client.IpFilter;
import io.waypost.smtp.checks.client.IpFilter.Policy;
import io.waypost.smtp.checks.client.IpFilters;
import io.waypost.smtp.testing.FakeDns;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.StalledDns;
import io.waypost.smtp.testing.TestServer;
import io.waypost.smtp.testing.Transcript;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client hears for its address. 203.0.113.9 is blocked, 203.0.113.7 allowed; 198.51.100.9 and 203.0.113.7 are listed. */
class ClientGateTest {

    private static final IpFilters FILTERS = new IpFilters(List.of(
            new IpFilter(Policy.BLOCK, Cidr.of("203.0.113.0/24"), "noisy"),
            new IpFilter(Policy.ALLOW, Cidr.of("203.0.113.7"), "203.0.113.7/32")));

    private static final String OPENED = """
            S: 220
            C: HELO client.example
            S: 250
            C: MAIL FROM:<a@sender.example>
            S: 250
            """;

    private static final String TAKEN = OPENED + """
            C: RCPT TO:<bob@example.com>
            S: 250
            C: QUIT
            S: 221
            S!
            """;

    private static final FakeDns DNS = listed(new FakeDns());

    private static FakeDns listed(FakeDns dns) {
        return dns.a("9.100.51.198.k3y.zen.example", "127.0.0.2")
                .a("7.113.0.203.k3y.zen.example", "127.0.0.2")
                .a("9.100.51.198.soft.example", "127.0.0.2")
                .a("8.100.51.198.soft.example", "127.0.0.2");
    }

    private static ClientChecks checks(boolean enforcing, FakeDns dns, Duration timeout) {
        AnswerRange every = new AnswerRange(
                (Inet4Address) InetAddress.ofLiteral("127.0.0.0"), (Inet4Address) InetAddress.ofLiteral("127.0.0.255"));
        List<BlockList> lists = List.of(
                new BlockList("soft.example", "soft.example", List.of(every), false),
                new BlockList("k3y.zen.example", "zen.example", List.of(every), true));
        return new ClientChecks(new ClientSettings(enforcing, lists, true, timeout), FILTERS, dns);
    }

    private static void play(TestServer server, String transcript) throws Exception {
        try (RawClient client = server.connect()) {
            new Transcript(transcript).play(client, Transcript.Sender.WHOLE);
        }
    }

    private static String from(String address) {
        return "C: PROXY " + (address.contains(":") ? "TCP6 " + address + " ::1" : "TCP4 " + address + " 127.0.0.1")
                + " 40000 25\n";
    }

    @Test
    void aBlockedClientHears554InPlaceOfTheGreeting() throws Exception {
        try (TestServer server = new TestServer(Limits.DEFAULT, checks(true, DNS, Duration.ofSeconds(10)))) {
            play(server, from("203.0.113.9") + """
                    S: 554 5.7.1 Connections from your address are not accepted
                    S!
                    """);

            assertThat(server.log.refusals()).containsExactly("CONNECT filter:noisy");
            assertThat(server.observer.blocked).containsExactly("filter:noisy");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.observer.open).hasValue(0));
            assertThat(server.observer.refused).hasValue(0);
        }
    }

    @Test
    void aBlockedClientWhoTalksAheadIsNotListenedTo() throws Exception {
        try (TestServer server = new TestServer(Limits.DEFAULT, checks(true, DNS, Duration.ofSeconds(10)))) {
            play(server, from("203.0.113.9") + """
                    C: EHLO client.example
                    C: MAIL FROM:<a@sender.example>
                    S: 554 5.7.1
                    S!
                    """);
            assertThat(server.log.refusals()).containsExactly("CONNECT filter:noisy");
        }
    }

    @Test
    void allowBeatsBlockAndTheAllowedAreNotLookedForInLists() throws Exception {
        try (TestServer server = new TestServer(Limits.DEFAULT, checks(true, DNS, Duration.ofSeconds(10)))) {
            play(server, from("203.0.113.7") + TAKEN);
            assertThat(server.log.refusals()).isEmpty();
            assertThat(server.observer.blocked).isEmpty();
        }
    }

    @Test
    void aListedClientIsRefusedAtRcptAndTheListNamed() throws Exception {
        try (TestServer server = new TestServer(Limits.DEFAULT, checks(true, DNS, Duration.ofSeconds(10)))) {
            play(server, from("198.51.100.9") + OPENED + """
                    C: RCPT TO:<bob@example.com>
                    S: 550 5.7.1 198.51.100.9 is listed in zen.example; postmaster is reachable
                    C: RCPT TO:<carol@example.com>
                    S: 550 5.7.1 198.51.100.9 is listed in zen.example
                    C: DATA
                    S: 554 5.5.1
                    C: QUIT
                    S: 221
                    S!
                    """);

            assertThat(server.log.refusals())
                    .containsExactly("RCPT dnsbl:zen.example", "RCPT dnsbl:zen.example", "DATA no-recipients");
            assertThat(server.observer.blocked).containsExactly("dnsbl:zen.example");
            assertThat(server.log.events.toString()).doesNotContain("k3y");
        }
    }

    @Test
    void aListedClientReachesThePostmasterOfOurDomainsOnly() throws Exception {
        try (TestServer server = new TestServer(Limits.DEFAULT, checks(true, DNS, Duration.ofSeconds(10)))) {
            play(server, from("198.51.100.9") + OPENED + """
                    C: RCPT TO:<Postmaster@example.com>
                    S: 250
                    C: RCPT TO:<postmaster>
                    S: 250
                    C: RCPT TO:<postmaster@elsewhere.example>
                    S: 550 5.7.1 Not our domain
                    C: RCPT TO:<postmaster+x@example.com>
                    S: 550 5.7.1 198.51.100.9 is listed
                    C: RCPT TO:<bob@example.com>
                    S: 550 5.7.1 198.51.100.9 is listed
                    C: DATA
                    S: 354
                    C: Subject: not us
                    C:
                    C: We are no spammers.
                    C: .
                    S: 250 2.0.0 Ok
                    C: QUIT
                    S: 221
                    S!
                    """);
            assertThat(server.spool.stored.getFirst().acceptance().envelope().to())
                    .extracting(recipient -> recipient.address().toString())
                    .containsExactly("Postmaster@example.com", "postmaster@example.com");
        }
    }

    @Test
    void aListThatOnlyMarksRefusesNobody() throws Exception {
        try (TestServer server = new TestServer(Limits.DEFAULT, checks(true, DNS, Duration.ofSeconds(10)))) {
            play(server, from("198.51.100.8") + TAKEN);
            assertThat(server.observer.blocked).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9", "198.51.100.9"})
    void inRecordModeNobodyIsRefused(String address) throws Exception {
        try (TestServer server = new TestServer(Limits.DEFAULT, checks(false, DNS, Duration.ofSeconds(10)))) {
            play(server, from(address) + TAKEN);
            assertThat(server.log.refusals()).isEmpty();
            assertThat(server.observer.blocked).isEmpty();
        }
    }

    @Test
    void theGreetingWaitsForNobodyAndRcptUntilTheDeadlineOnly() throws Exception {
        StalledDns stalled = new StalledDns();
        listed(stalled);
        try (TestServer server = new TestServer(Limits.DEFAULT, checks(true, stalled, Duration.ofMillis(200)))) {
            play(server, from("198.51.100.9") + TAKEN);
            assertThat(server.log.refusals()).isEmpty();
            Awaitility.await().untilAsserted(() -> assertThat(stalled.waiting).hasValue(0));
        }
    }

    @Test
    void theGreetingComesWhileDnsIsSilentAndRcptWaitsForItsAnswer() throws Exception {
        StalledDns stalled = new StalledDns();
        listed(stalled);
        try (TestServer server = new TestServer(Limits.DEFAULT, checks(true, stalled, Duration.ofMinutes(5)));
                RawClient client = server.connect()) {
            new Transcript(from("198.51.100.9") + OPENED + """
                    C: RCPT TO:<postmaster@example.com>
                    S: 250
                    """).play(client, Transcript.Sender.WHOLE);
            client.send("RCPT TO:<bob@example.com>\r\n");
            Awaitility.await().untilAsserted(() -> assertThat(stalled.waiting).hasValue(3));
            stalled.answer();
            assertThat(client.line()).startsWith("550 5.7.1 198.51.100.9 is listed in zen.example");
        }
    }

    @Test
    void waitingForListsIsNotTheClientsSilence() throws Exception {
        Limits hasty = TestLimits.timeouts(Duration.ofSeconds(2), Duration.ofSeconds(10));
        try (TestServer server = new TestServer(hasty, checks(true, new StalledDns(), Duration.ofSeconds(3)))) {
            play(server, from("198.51.100.9") + TAKEN);
            assertThat(server.log.refusals()).isEmpty();
        }
    }

    @Test
    void aClientThatLeavesTakesItsQuestionsWithIt() throws Exception {
        StalledDns stalled = new StalledDns();
        try (TestServer server = new TestServer(Limits.DEFAULT, checks(true, stalled, Duration.ofMinutes(5)))) {
            try (RawClient client = server.connect()) {
                new Transcript(from("198.51.100.9") + "S: 220\n").play(client, Transcript.Sender.WHOLE);
                Awaitility.await()
                        .untilAsserted(() -> assertThat(stalled.waiting).hasValue(3));
            }
            Awaitility.await().untilAsserted(() -> assertThat(stalled.waiting).hasValue(0));
        }
    }

    @Test
    void underImplicitTlsTheBlockedHearItAfterTheHandshake() throws Exception {
        IpFilters loopback = new IpFilters(List.of(new IpFilter(Policy.BLOCK, Cidr.of("127.0.0.0/8"), "local")));
        ClientChecks checks =
                new ClientChecks(new ClientSettings(true, List.of(), false, Duration.ofSeconds(10)), loopback, DNS);
        try (TestServer server = new TestServer(TlsMode.IMPLICIT, checks);
                RawClient client = server.connect()) {
            client.startTls();
            assertThat(client.line()).startsWith("554 5.7.1 Connections from your address");
            assertThat(client.line()).isNull();
        }
    }
}
