package io.waypost.smtp.checks.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.message.port.Dns;
import io.waypost.message.port.Dns.Exchanger;
import io.waypost.message.port.Dns.Family;
import io.waypost.message.port.Dns.Found;
import io.waypost.message.port.Dns.NoName;
import io.waypost.message.port.Dns.NoRecords;
import io.waypost.message.port.Dns.Tlsa;
import io.waypost.message.port.Dns.Unknown;
import io.waypost.smtp.testing.LocalDns;
import io.waypost.smtp.testing.LocalDns.Fault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** Against a real name server on loopback. */
class CachingDnsTest {

    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final AtomicLong time = new AtomicLong();
    private final AtomicInteger asking = new AtomicInteger();
    private LocalDns server;
    private Dns dns;

    @BeforeEach
    void start() throws Exception {
        server = new LocalDns();
        dns = dns(PATIENCE, server.address());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Dns dns(Duration timeout, InetSocketAddress... servers) {
        return new CachingDns(
                new NameServers(new DnsSettings(List.of(servers), timeout))::ask, timeout, time::get, this::carryOut);
    }

    private void carryOut(Runnable task) {
        asking.incrementAndGet();
        Thread.ofVirtual().start(() -> {
            try {
                task.run();
            } finally {
                asking.decrementAndGet();
            }
        });
    }

    /** Whoever asks has the answer a moment before the cache has noted until when it is good. */
    private void pass(Duration duration) {
        await().until(() -> asking.get() == 0);
        time.addAndGet(duration.toNanos());
    }

    @Test
    void recordsOfEachTypeAreRead() throws Exception {
        server.add("a.example", 60, "A", "192.0.2.1").add("a.example", 60, "A", "192.0.2.2");
        server.add("a.example", 60, "AAAA", "2001:db8::1");
        server.add("a.example", 60, "MX", "10 MX.Example.").add("null.example", 60, "MX", "0 .");
        server.add("a.example", 60, "TXT", "\"v=spf1 \" \"-all\"").add("b.example", 60, "TXT", "\"\\200\\\"\"");
        server.ptr("192.0.2.1", "Mail.Example");
        assertThat(dns.addresses("A.Example.", Family.IPV4).records())
                .containsExactlyInAnyOrder(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("192.0.2.2"));
        assertThat(dns.addresses("a.example", Family.IPV6).records()).hasToString("[/2001:db8:0:0:0:0:0:1]");
        assertThat(dns.exchangers("a.example").records()).containsExactly(new Exchanger(10, "mx.example"));
        assertThat(dns.exchangers("null.example").records()).containsExactly(new Exchanger(0, ""));
        assertThat(dns.texts("a.example").records()).containsExactly("v=spf1 -all");
        assertThat(dns.texts("b.example").records()).containsExactly("\u00c8\"");
        assertThat(dns.names(InetAddress.ofLiteral("192.0.2.1")).records()).containsExactly("mail.example");
    }

    @Test
    void certificatesAreReadWithWhetherTheyAreAuthenticated() throws Exception {
        server.add("_25._tcp.mx.example", 60, "TLSA", "3 1 1 00ABff")
                .add("_25._tcp.mx.example", 60, "TLSA", "255 7 9 01");
        assertThat(dns.certificates("_25._tcp.mx.example"))
                .isEqualTo(new Found<>(List.of(new Tlsa(3, 1, 1, "00abff"), new Tlsa(255, 7, 9, "01")), false));
        server.authenticated = true;
        pass(Duration.ofSeconds(61));
        assertThat(dns.certificates("_25._tcp.mx.example"))
                .isInstanceOfSatisfying(
                        Found.class, found -> assertThat(found.authenticated()).isTrue());
        assertThat(dns.certificates("mx.example")).isEqualTo(new NoRecords<>());
        assertThat(dns.certificates("_25._tcp.other.example")).isEqualTo(new NoName<>());
        server.fault("_25._tcp.bogus.example", Fault.SERVFAIL);
        assertThat(dns.certificates("_25._tcp.bogus.example")).isInstanceOf(Unknown.class);
    }

    @Test
    void anAliasIsReadWithoutFollowingIt() throws Exception {
        server.authenticated = true;
        server.add("a.example", 60, "CNAME", "B.example.")
                .add("b.example", 60, "CNAME", "c.example.")
                .add("c.example", 60, "A", "192.0.2.1");
        assertThat(dns.alias("a.example")).isEqualTo(new Found<>(List.of("b.example"), true));
        assertThat(dns.alias("c.example")).isEqualTo(new NoRecords<>());
        assertThat(dns.alias("d.example")).isEqualTo(new NoName<>());
    }

    @Test
    void whatIsNotThereIsToldApart() throws Exception {
        server.add("sub.a.example", 60, "A", "192.0.2.1");
        assertThat(dns.texts("sub.a.example")).isEqualTo(new NoRecords<>());
        assertThat(dns.texts("a.example")).isEqualTo(new NoRecords<>());
        assertThat(dns.texts("b.example")).isEqualTo(new NoName<>());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a..example", ".example", "ü.example", "a.example..", "\u0000\u0100"})
    void aNameThatCannotBeIsNotAskedFor(String name) {
        assertThat(dns.texts(name)).isEqualTo(new NoName<>());
        assertThat(dns.texts("x".repeat(64) + ".example")).isEqualTo(new NoName<>());
        assertThat(dns.texts("x.".repeat(127) + "example")).isEqualTo(new NoName<>());
        assertThat(server.questions).isEmpty();
    }

    @Test
    void anyOctetsMayStandInALabel() {
        assertThat(dns.texts("a\\b.ex ample.\"@\u0001")).isEqualTo(new NoName<>());
        assertThat(server.questions).hasSize(1);
    }

    @Test
    void aliasesAreFollowedToABound() throws Exception {
        server.add("www.example", 60, "CNAME", "web.example.").add("web.example", 60, "A", "192.0.2.7");
        assertThat(dns.addresses("www.example", Family.IPV4).records()).hasSize(1);
        assertThat(dns.texts("www.example")).isEqualTo(new NoRecords<>());
        server.add("gone.example", 60, "CNAME", "nowhere.example.");
        assertThat(dns.texts("gone.example")).isEqualTo(new NoName<>());
        server.add("x.example", 60, "CNAME", "y.example.").add("y.example", 60, "CNAME", "x.example.");
        assertThat(dns.texts("x.example")).isInstanceOf(Unknown.class);
        for (int i = 0; i < 12; i++) {
            server.add("c" + i + ".example", 60, "CNAME", "c" + (i + 1) + ".example.");
        }
        server.txt("c12.example", "far");
        assertThat(dns.texts("c0.example")).isInstanceOf(Unknown.class);
        assertThat(dns.texts("c5.example").records()).containsExactly("far");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "TRUNCATED"})
    @Timeout(20)
    void aFaultOfTheServerIsUnknownAndInTime(Fault fault) throws Exception {
        server.txt("a.example", "v=spf1 -all").fault("a.example", fault);
        long began = System.nanoTime();
        assertThat(dns.texts("a.example")).isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.reason())
                .isNotEmpty());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE.plusSeconds(2));
    }

    @Test
    void anAnswerThatDoesNotFitComesByTcp() throws Exception {
        server.txt("a.example", "x".repeat(20_000)).fault("a.example", Fault.TRUNCATED);
        assertThat(dns.texts("a.example").records()).containsExactly("x".repeat(20_000));
        assertThat(server.overTcp).containsExactly("TXT a.example");
    }

    @Test
    void aServerThatSaysNothingIsFollowedByTheNext() throws Exception {
        try (LocalDns dead = new LocalDns()) {
            dead.fault("a.example", Fault.SILENT);
            server.txt("a.example", "here");
            assertThat(dns(PATIENCE, dead.address(), server.address())
                            .texts("a.example")
                            .records())
                    .containsExactly("here");
            dead.fault("b.example", Fault.SERVFAIL);
            server.txt("b.example", "here");
            assertThat(dns(PATIENCE, dead.address(), server.address())
                            .texts("b.example")
                            .records())
                    .containsExactly("here");
        }
    }

    @Test
    void answersAreKeptAsLongAsTheySay() throws Exception {
        server.add("a.example", 30, "TXT", "one");
        assertThat(dns.texts("a.example").records()).containsExactly("one");
        server.remove("a.example").add("a.example", 30, "TXT", "two");
        pass(Duration.ofSeconds(29));
        assertThat(dns.texts("a.example").records()).containsExactly("one");
        pass(Duration.ofSeconds(2));
        assertThat(dns.texts("a.example").records()).containsExactly("two");
        assertThat(server.questions).hasSize(2);
    }

    @Test
    void aTtlOfZeroIsNotKept() throws Exception {
        server.add("a.example", 0, "TXT", "one");
        dns.texts("a.example");
        server.remove("a.example").add("a.example", 0, "TXT", "two");
        assertThat(dns.texts("a.example").records()).containsExactly("two");
    }

    @Test
    void theShortestTtlOfAnAliasChainCounts() throws Exception {
        server.add("www.example", 5, "CNAME", "web.example.").add("web.example", 600, "TXT", "one");
        dns.texts("www.example");
        pass(Duration.ofSeconds(6));
        dns.texts("www.example");
        assertThat(server.questions).hasSize(2);
    }

    @Test
    void negativeAnswersAreKeptBySoa() throws Exception {
        server.negativeTtl = 10;
        dns.texts("a.example");
        dns.texts("a.example");
        assertThat(server.questions).hasSize(1);
        pass(Duration.ofSeconds(11));
        server.txt("a.example", "now");
        assertThat(dns.texts("a.example").records()).containsExactly("now");
        server.negativeTtl = -1;
        dns.texts("b.example");
        dns.texts("b.example");
        assertThat(server.questions).filteredOn(q -> q.endsWith("b.example")).hasSize(2);
    }

    @Test
    void whatIsUnknownIsAskedAgainSoon() throws Exception {
        server.fault("a.example", Fault.REFUSED);
        dns.texts("a.example");
        int asked = server.questions.size();
        dns.texts("a.example");
        assertThat(server.questions).hasSize(asked);
        server.txt("a.example", "now").fault("a.example", Fault.NONE);
        pass(Duration.ofSeconds(2));
        assertThat(dns.texts("a.example").records()).containsExactly("now");
    }

    @Test
    void equalQuestionsAtOnceAreOne() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch hold = new CountDownLatch(1);
        Dns slow = new CachingDns(
                question -> {
                    asked.incrementAndGet();
                    try {
                        hold.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new Kept(new Dns.Found<>(List.of("x"), false), Duration.ZERO);
                },
                Duration.ofSeconds(20),
                time::get,
                this::carryOut);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(threads.submit(() -> slow.texts("a.example").records()));
            }
            org.awaitility.Awaitility.await().until(() -> asked.get() > 0);
            hold.countDown();
            for (Future<List<String>> one : all) {
                assertThat(one.get()).containsExactly("x");
            }
        }
        assertThat(asked.get()).isLessThan(100);
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        server.fault("a.example", Fault.SILENT);
        Dns patient = dns(Duration.ofSeconds(30), server.address());
        CountDownLatch ended = new CountDownLatch(1);
        Thread caller = Thread.ofVirtual().start(() -> {
            patient.texts("a.example");
            ended.countDown();
        });
        org.awaitility.Awaitility.await().until(() -> !server.questions.isEmpty());
        caller.interrupt();
        assertThat(ended.await(5, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void withoutAServerNothingIsKnown() {
        assertThat(new NameServers(
                                new DnsSettings(List.of(new InetSocketAddress("127.0.0.1", 1)), Duration.ofMillis(300)))
                        .ask(Question.of("a.example", Type.TXT).orElseThrow())
                        .answer())
                .isInstanceOf(Unknown.class);
    }

    @Test
    void noResponseThatCanBeReadMakesReadingFail() throws Exception {
        server.add("www.example", 60, "CNAME", "web.example.").add("web.example", 60, "A", "192.0.2.7");
        server.add("web.example", 60, "MX", "10 mx.example.").txt("web.example", "v=spf1 -all");
        Random random = new Random(42);
        int read = 0;
        for (String name : List.of("www.example", "web.example", "nowhere.example")) {
            for (int type : List.of(Type.A, Type.MX, Type.TXT, Type.PTR)) {
                Question question = Question.of(name, type).orElseThrow();
                byte[] good = response(question);
                for (int i = 0; i < 2000; i++) {
                    byte[] bad = good.clone();
                    for (int changes = random.nextInt(4); changes >= 0; changes--) {
                        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
                    }
                    Message message;
                    try {
                        message = new Message(bad);
                    } catch (java.io.IOException | RuntimeException e) {
                        continue;
                    }
                    assertThat(Kept.of(question, message).keep()).isBetween(Duration.ZERO, Duration.ofDays(1));
                    read++;
                }
            }
        }
        assertThat(read).isGreaterThan(1000);
    }

    private byte[] response(Question question) throws Exception {
        org.xbill.DNS.SimpleResolver resolver = new org.xbill.DNS.SimpleResolver(server.address());
        return resolver.send(Message.newQuery(
                        org.xbill.DNS.Record.newRecord(question.name(), question.type(), org.xbill.DNS.DClass.IN)))
                .toWire();
    }
}
