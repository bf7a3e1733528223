package io.waypost.outbound.transmit;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Client;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Recipient;
import io.waypost.message.ReversePath;
import io.waypost.message.host.HostAddresses;
import io.waypost.message.port.Dns.Tlsa;
import io.waypost.message.sending.Sending;
import io.waypost.outbound.exchange.MailExchangers;
import io.waypost.outbound.exchange.Ourselves;
import io.waypost.outbound.port.DeliveryFigures;
import io.waypost.outbound.smtp.ConnectionLimits;
import io.waypost.outbound.smtp.Delivery;
import io.waypost.outbound.smtp.DeliveryResult;
import io.waypost.outbound.smtp.DeliveryResult.Deferred;
import io.waypost.outbound.smtp.DeliveryResult.Delivered;
import io.waypost.outbound.smtp.HostAndPort;
import io.waypost.outbound.smtp.ScriptedPeer;
import io.waypost.outbound.smtp.SmtpClient;
import io.waypost.outbound.smtp.SmtpTimeouts;
import io.waypost.outbound.source.SourceAddress;
import io.waypost.outbound.source.SourcePools;
import io.waypost.outbound.testing.TableDns;
import io.waypost.outbound.testing.TestAuthority;
import io.waypost.outbound.tls.EncryptionRules;
import io.waypost.outbound.tls.PolicyShelf;
import io.waypost.outbound.tls.StsPolicies;
import io.waypost.outbound.tls.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One attempt at the exchangers of a domain, which all listen on one port of 127.0.0.1, 127.0.0.2 and so on. */
@Timeout(60)
class TransmitterTest {

    private static final String MX = "mx.far.example";
    private static final Domain FAR = new Domain("far.example");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T09:30:05Z"), ZoneOffset.UTC);

    @TempDir
    static Path folder;

    private static TestAuthority authority;

    private final TableDns dns = new TableDns();
    private final List<String> figures = new CopyOnWriteArrayList<>();
    private final Map<String, List<SourceAddress>> pools = new java.util.HashMap<>();
    private int port;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority(folder).issue("good", MX).selfSigned("self", MX);
    }

    @BeforeEach
    void choosePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    private ScriptedPeer at(int host, ScriptedPeer.Script script) throws IOException {
        return new ScriptedPeer("127.0.0." + host, port, script);
    }

    private Transmission transmit(Way way, Sending.Conditions conditions, String policy) throws Exception {
        EncryptionRules rules = new EncryptionRules(
                dns,
                true,
                Optional.of(new StsPolicies(
                        dns,
                        domain -> "version: STSv1\nmode: " + policy + "\nmx: " + MX + "\nmax_age: 86400\n",
                        PolicyShelf.NONE,
                        CLOCK)));
        try (SmtpClient client = new SmtpClient(
                SmtpTimeouts.scaledTo(Duration.ofMinutes(2)),
                new TlsContexts(Optional.of(authority.trust())),
                new ConnectionLimits(Duration.ZERO, 1))) {
            Transmitter transmitter = new Transmitter(
                    "out.example.com",
                    new HostAddresses(dns),
                    new MailExchangers(
                            dns, new Ourselves("us.example", Set.of(), domain -> false), port, true, new Random(1)),
                    rules,
                    new SourcePools(pools, CLOCK),
                    client,
                    new DeliveryFigures() {
                        @Override
                        public void attempted(String how, String receiver, String result) {
                            throw new AssertionError("that is the handler's");
                        }

                        @Override
                        public void carried(String encryption, boolean reused) {
                            figures.add(encryption);
                        }
                    });
            return transmitter.transmit(way, delivery(), conditions);
        }
    }

    private Transmission transmit() throws Exception {
        return transmit(new Way.ToExchangers(FAR), Sending.Conditions.NONE, "enforce");
    }

    private static Delivery delivery() {
        ReversePath from = ReversePath.parse("a@sender.example");
        EmailAddress to = EmailAddress.of("b@far.example");
        return new Delivery(
                Envelope.of(from, List.of(to), Client.local("x.example")),
                from,
                Recipient.of(to),
                MessageContent.of("Subject: x\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    private TableDns exchangers(int count) {
        for (int i = 1; i <= count; i++) {
            dns.mx("far.example", i, "mx" + i + ".far.example").a("mx" + i + ".far.example", "127.0.0." + i);
        }
        return dns;
    }

    private static void accept(ScriptedPeer.Session session) throws Exception {
        session.hello().acceptAll();
    }

    private static ScriptedPeer.Script encrypted(String certificate) {
        return s -> s.hello("STARTTLS")
                .hear("STARTTLS")
                .say("220 go")
                .encrypt(authority.server(certificate))
                .ehlo()
                .acceptAll();
    }

    @Test
    void theNextHostIsTriedWhenOneIsOfNoUse() throws Exception {
        exchangers(4);
        try (ScriptedPeer busy = at(2, s -> s.say("421 busy").hear("QUIT"));
                ScriptedPeer closing = at(3, s -> s.say("220 x").hear("EHLO"));
                ScriptedPeer good = at(4, TransmitterTest::accept)) {
            Transmission transmission = transmit();
            assertThat(transmission.result()).isEqualTo(new Delivered("250 2.0.0 queued as X1"));
            assertThat(transmission.trials())
                    .extracting(trial -> trial.exchange().host())
                    .containsExactly("mx1.far.example", "mx2.far.example", "mx3.far.example", "mx4.far.example");
            assertThat(transmission.others())
                    .contains("before that mx1.far.example 127.0.0.1:" + port + ": cannot connect")
                    .contains("before that mx2.far.example 127.0.0.2:" + port + ": greeted with 421 busy");
            assertThat(good.messages()).hasSize(1);
            assertThat(List.of(busy.messages(), closing.messages())).allMatch(List::isEmpty);
        }
    }

    @Test
    void anAttemptHasAnEnd() throws Exception {
        exchangers(9);
        Transmission transmission = transmit();
        assertThat(transmission.trials()).hasSize(Transmitter.MOST_TRIALS);
        assertThat(transmission.result())
                .isInstanceOfSatisfying(
                        Deferred.class, deferred -> assertThat(deferred.cause()).isEqualTo(DeliveryResult.Cause.HOST));
    }

    @Test
    void anOpinionAboutTheMailIsTheLastWord() throws Exception {
        exchangers(2);
        for (String reply : List.of("450 4.2.0 greylisted", "550 5.1.1 who")) {
            choosePort();
            try (ScriptedPeer first = at(1, s -> s.hello()
                            .hear("MAIL")
                            .say("250 ok")
                            .hear("RCPT")
                            .say(reply)
                            .hear("QUIT"));
                    ScriptedPeer second = at(2, TransmitterTest::accept)) {
                assertThat(transmit().trials()).hasSize(1);
                assertThat(first.heard()).contains("RCPT TO:<b@far.example>");
                assertThat(second.heard()).isEmpty();
            }
        }
    }

    @Test
    void aMailThatAHostMayHaveIsGivenToNoOtherAtOnce() throws Exception {
        List<ScriptedPeer.Script> endings = List.of(
                s -> s.hello().upToData().message(),
                s -> s.hello().upToData().message().say("what"),
                s -> s.hello().upToData());
        exchangers(2);
        for (ScriptedPeer.Script ending : endings) {
            choosePort();
            try (ScriptedPeer first = at(1, ending);
                    ScriptedPeer second = at(2, TransmitterTest::accept)) {
                Transmission transmission = transmit();
                assertThat(transmission.result()).isInstanceOf(Deferred.class);
                assertThat(transmission.trials()).hasSize(1);
                assertThat(first.heard()).contains("DATA");
                assertThat(second.heard()).isEmpty();
            }
        }
    }

    @Test
    void aMailThatMustBeEncryptedGoesToTheHostThatCan() throws Exception {
        exchangers(2);
        try (ScriptedPeer clear = at(1, s -> s.hello().hear("QUIT"));
                ScriptedPeer secure = at(2, encrypted("self"))) {
            Transmission transmission = transmit(
                    new Way.ToExchangers(FAR),
                    new Sending.Conditions(true, Optional.empty(), Optional.empty()),
                    "none");
            assertThat(transmission.result()).isInstanceOf(Delivered.class);
            assertThat(transmission.last().orElseThrow().manner()).startsWith("(TLSv1.3 required, from 127.0.0.1, ");
            assertThat(clear.heard()).noneMatch(line -> line.startsWith("MAIL"));
            assertThat(secure.messages()).hasSize(1);
            assertThat(figures).containsExactly("required");
        }
    }

    @Test
    void aPolicyIsEnforced() throws Exception {
        dns.txt("_mta-sts.far.example", "v=STSv1; id=1;")
                .mx("far.example", 1, "evil.example")
                .mx("far.example", 2, MX)
                .a("evil.example", "127.0.0.1")
                .a(MX, "127.0.0.2");
        try (ScriptedPeer evil = at(1, TransmitterTest::accept);
                ScriptedPeer good = at(2, encrypted("good"))) {
            Transmission transmission = transmit();
            assertThat(transmission.result()).isInstanceOf(Delivered.class);
            assertThat(transmission.passedOver())
                    .containsExactly(
                            "evil.example 127.0.0.1:" + port + ": it is not in the MTA-STS policy of far.example");
            assertThat(figures).containsExactly("mta-sts");
            assertThat(evil.heard()).isEmpty();
            assertThat(good.messages()).hasSize(1);
        }
        choosePort();
        try (ScriptedPeer impostor = at(2, encrypted("self"))) {
            assertThat(transmit().result()).isInstanceOf(Deferred.class);
            assertThat(impostor.messages()).isEmpty();
        }
        for (String mode : List.of("testing", "none")) {
            choosePort();
            try (ScriptedPeer any = at(1, TransmitterTest::accept)) {
                assertThat(transmit(new Way.ToExchangers(FAR), Sending.Conditions.NONE, mode)
                                .result())
                        .as(mode)
                        .isInstanceOf(Delivered.class);
                assertThat(any.messages()).hasSize(1);
            }
        }
    }

    private void signedExchanger(String association) {
        dns.mx("far.example", 1, MX)
                .a(MX, "127.0.0.1")
                .signed("far.example", MX, "_" + port + "._tcp." + MX)
                .tlsa("_" + port + "._tcp." + MX, new Tlsa(3, 0, 1, association));
    }

    private static String sha256(String alias) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(authority.chain(alias).getFirst().getEncoded()));
    }

    @Test
    void daneWinsOverThePolicy() throws Exception {
        signedExchanger(sha256("self"));
        dns.txt("_mta-sts.far.example", "v=STSv1; id=1;");
        try (ScriptedPeer good = at(1, encrypted("self"))) {
            assertThat(transmit().result()).isInstanceOf(Delivered.class);
            assertThat(figures).containsExactly("dane");
            assertThat(good.messages()).hasSize(1);
        }
        choosePort();
        dns.clear();
        signedExchanger(sha256("self"));
        try (ScriptedPeer impostor = at(1, encrypted("good"))) {
            assertThat(transmit().result()).isInstanceOf(Deferred.class);
            assertThat(impostor.messages()).isEmpty();
        }
    }

    @Test
    void recordsOfNoUseAskForAnyTls() throws Exception {
        dns.mx("far.example", 1, MX)
                .a(MX, "127.0.0.1")
                .signed("far.example", MX, "_" + port + "._tcp." + MX)
                .tlsa("_" + port + "._tcp." + MX, new Tlsa(1, 0, 1, sha256("good")));
        try (ScriptedPeer any = at(1, encrypted("self"))) {
            assertThat(transmit().result()).isInstanceOf(Delivered.class);
            assertThat(figures).containsExactly("dane-unusable");
            assertThat(any.messages()).hasSize(1);
        }
    }

    @Test
    void aHostWhoseRecordsCannotBeHadWaits() throws Exception {
        signedExchanger("00");
        dns.failing("TLSA _" + port + "._tcp." + MX);
        try (ScriptedPeer peer = at(1, TransmitterTest::accept)) {
            assertThat(transmit().result())
                    .isInstanceOfSatisfying(Deferred.class, deferred -> assertThat(deferred.reason())
                            .contains("its TLSA records cannot be had: SERVFAIL"));
            assertThat(peer.heard()).isEmpty();
        }
    }

    @Test
    void recordsThatNobodyVouchesForCountForNothing() throws Exception {
        dns.mx("far.example", 1, MX)
                .a(MX, "127.0.0.1")
                .tlsa("_" + port + "._tcp." + MX, new Tlsa(3, 0, 1, "00".repeat(32)));
        try (ScriptedPeer peer = at(1, TransmitterTest::accept)) {
            assertThat(transmit().result()).isInstanceOf(Delivered.class);
            assertThat(dns.questions).noneMatch(question -> question.startsWith("TLSA"));
            assertThat(peer.messages()).hasSize(1);
        }
    }

    @Test
    void theMailGoesOutFromItsPool() throws Exception {
        exchangers(1);
        pools.put(
                "bulk",
                List.of(new SourceAddress(
                        InetAddress.ofLiteral("127.0.0.77"), Optional.of("bulk.example.com"), Optional.empty())));
        try (ScriptedPeer peer = at(1, TransmitterTest::accept)) {
            Transmission transmission = transmit(
                    new Way.ToExchangers(FAR),
                    new Sending.Conditions(false, Optional.of("bulk"), Optional.empty()),
                    "none");
            assertThat(transmission.last().orElseThrow().attempt().localAddress())
                    .contains("127.0.0.77");
            assertThat(peer.heard()).startsWith("EHLO bulk.example.com");
        }
    }

    @Test
    void aHostThatTheOperatorNamedMayLieAnywhere() throws Exception {
        try (ScriptedPeer peer = at(1, TransmitterTest::accept)) {
            Way relay = new Way.ToHost("relay", new HostAndPort("127.0.0.1", port), Optional.empty());
            assertThat(transmit(relay, Sending.Conditions.NONE, "none").result())
                    .isInstanceOf(Delivered.class);
            assertThat(peer.messages()).hasSize(1);
            Way nowhere = new Way.ToHost("relay", new HostAndPort("no-such-host.invalid", 25), Optional.empty());
            assertThat(transmit(nowhere, Sending.Conditions.NONE, "none").result())
                    .isInstanceOfSatisfying(Deferred.class, deferred -> assertThat(deferred.reason())
                            .startsWith("the name no-such-host.invalid cannot be resolved"));
        }
    }

    @Test
    void theStoryOfAnAttemptIsBounded() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            many.add("x".repeat(1000));
        }
        Transmission transmission = new Transmission(new Delivered("250 ok"), List.of(), many);
        assertThat(transmission.others()).hasSizeLessThan(1100);
    }
}
