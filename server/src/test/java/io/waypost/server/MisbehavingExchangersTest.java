package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.outbound.smtp.ScriptedPeer;
import io.waypost.outbound.smtp.SmtpTimeouts;
import io.waypost.server.support.Ports;
import io.waypost.server.support.RelaySink;
import io.waypost.server.support.Setup;
import io.waypost.smtp.testing.LocalDns;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exchangers that do what they should not, on the whole server, beside one that does what it should. */
@Timeout(180)
class MisbehavingExchangersTest {

    /** Each step may take so long where the end of waiting is looked at. */
    private static final Duration STEP = Duration.ofSeconds(2);

    private static final SmtpTimeouts SHORT =
            new SmtpTimeouts(STEP, STEP, STEP, STEP, STEP, STEP, Duration.ofMinutes(1));

    private static final int HEALTHY_MAILS = 20;

    @TempDir
    Path folder;

    private final int port = Ports.free();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger held = new AtomicInteger();
    private final List<ScriptedPeer> peers = new ArrayList<>();
    private LocalDns dns;
    private RelaySink healthy;
    private Setup setup;

    @BeforeEach
    void prepare() throws Exception {
        dns = new LocalDns();
        healthy = new RelaySink(port);
        domain("healthy.test", 1);
        setup = new Setup(folder)
                .rules("name: main\nactive: true\nrules: []\n")
                .unchecked(dns.address().getPort())
                .with(Shop.ACCOUNT)
                .with("outbound: { port: %d, allowPrivate: true, dane: off, mtaSts: off }%n".formatted(port))
                .write();
    }

    @AfterEach
    void stop() throws Exception {
        end.countDown();
        healthy.close();
        dns.close();
        for (ScriptedPeer peer : peers) {
            peer.close();
        }
    }

    private void domain(String name, int address) throws IOException {
        dns.add(name, 60, "MX", "10 mx." + name + ".").add("mx." + name, 60, "A", "127.0.0." + address);
    }

    private ScriptedPeer exchanger(String domain, int address, ScriptedPeer.Script script) throws IOException {
        domain(domain, address);
        ScriptedPeer peer = new ScriptedPeer("127.0.0." + address, port, script);
        peers.add(peer);
        return peer;
    }

    /** Says nothing any more until the test is over. */
    private void hold() throws InterruptedException {
        held.incrementAndGet();
        end.await();
    }

    /** Behind the connection, behind DATA and behind the final dot. */
    private void silentOnes(int address) throws IOException {
        exchanger("silent.test", address, s -> hold());
        exchanger("mute.test", address + 1, s -> {
            s.hello().hear("MAIL").say("250 ok").hear("RCPT").say("250 ok").hear("DATA");
            hold();
        });
        exchanger("deaf.test", address + 2, s -> {
            s.hello().upToData().message();
            hold();
        });
    }

    @Test
    void silentOnesHoldUpTheirOwnMailsAndNobodyElses() throws Exception {
        silentOnes(31);
        try (Server server = InProcess.start(setup);
                Shop shop = new Shop(setup)) {
            List<String> waiting = new ArrayList<>();
            for (String domain : List.of("silent.test", "mute.test", "deaf.test")) {
                for (int i = 0; i < 3; i++) {
                    waiting.add(shop.send("u" + i + "@" + domain));
                }
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> held.get() == waiting.size());
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < HEALTHY_MAILS; i++) {
                ids.add(shop.send("u" + i + "@healthy.test"));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> healthy.taken().size() == HEALTHY_MAILS);
            ids.forEach(id -> shop.awaitTrace(id, "  settled "));
            assertThat(held)
                    .as("each connection that was held up when the first healthy mail came still is")
                    .hasValue(9);
            assertThat(InProcess.figures(setup).unsettled()).isEqualTo(waiting.size());
            end.countDown();
        }
        assertThat(healthy.taken()).as("each at its first attempt").hasSize(HEALTHY_MAILS);
    }

    @Test
    void eachEndsAsItShouldAndTheTraceSaysWhy() throws Exception {
        silentOnes(41);
        exchanger("endless.test", 44, s -> {
            while (true) {
                s.say("220-and so on");
            }
        });
        exchanger("injected.test", 45, s -> s.hello("STARTTLS").hear("STARTTLS").raw("220 go\r\n250 injected\r\n"));
        exchanger("other.test", 46, s -> s.say("HTTP/1.1 400 Bad Request", ""));
        AtomicInteger connections = new AtomicInteger();
        ScriptedPeer closing = exchanger("closing.test", 47, s -> {
            s.hello().upToData().message();
            if (connections.incrementAndGet() > 1) {
                s.say("250 2.0.0 queued as X1").hear("QUIT");
            }
        });
        try (Server server = InProcess.start(setup, new OutsideWorld(443, SHORT));
                Shop shop = new Shop(setup)) {
            String silent = shop.send("u@silent.test");
            String mute = shop.send("u@mute.test");
            String deaf = shop.send("u@deaf.test");
            String endless = shop.send("u@endless.test");
            String injected = shop.send("u@injected.test");
            String other = shop.send("u@other.test");
            String closed = shop.send("u@closing.test");
            String mixed = shop.send("later@healthy.test", "nobody@healthy.test", "somebody@healthy.test");

            shop.awaitTrace(
                    silent, "127.0.0.41:" + port + ": too slow: gave up waiting for the answer to the connection");
            shop.awaitTrace(mute, "127.0.0.42:" + port + ": too slow: gave up waiting for the answer to DATA");
            shop.awaitTrace(deaf, "127.0.0.43:" + port + ": too slow: gave up waiting for the answer to the message");
            shop.awaitTrace(endless, "127.0.0.44:" + port + ": a reply of more than 128 lines");
            shop.awaitTrace(injected, "127.0.0.45:" + port + ": data in clear behind the answer to STARTTLS");
            shop.awaitTrace(other, "127.0.0.46:" + port + ": not an SMTP reply: HTTP/1.1 400 Bad Request");
            shop.awaitTrace(
                    closed,
                    "127.0.0.47:" + port + ": waiting for the answer to the message: the peer closed the connection",
                    "said 250 2.0.0 queued as X1",
                    "  settled ");
            assertThat(closing.messages()).as("twice is better than never").hasSize(2);
            shop.awaitTrace(
                    mixed,
                    "answered RCPT with 450 4.2.1 Not now",
                    "5.1.1 bounced: mx.healthy.test 127.0.0.1:" + port,
                    "said 250 2.0.0 Taken");
            for (String waiting : List.of(silent, mute, deaf, endless, injected, other, mixed)) {
                assertThat(shop.trace(waiting)).contains("not settled").doesNotContain("DEAD");
            }
            assertThat(healthy.taken()).hasSize(1);
        }
    }
}
