package io.waypost.smtp.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Cidr;
import io.waypost.smtp.Limits;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.session.TestLimits;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxyListenerTest {

    private static final List<Cidr> LOOPBACK = List.of(Cidr.of("127.0.0.0/8"), Cidr.of("::1"));

    private TestServer server(Limits limits, TlsMode tls, List<Cidr> trusted) throws Exception {
        return new TestServer(limits, tls, trusted);
    }

    @Test
    void theRealClientIsTheOneTheProxyNames() throws Exception {
        try (TestServer server = server(Limits.DEFAULT, TlsMode.NONE, LOOPBACK);
                RawClient client = server.connect()) {
            client.send("PROXY TCP6 2001:db8::25 2001:db8::1 40000 25\r\n");
            client.upToData("bob@example.com");
            client.send("x\r\n.\r\n");
            assertThat(client.reply()).startsWith("250");
            var mail = server.spool.stored.getFirst();
            assertThat(mail.trace()).contains("from client.example ([IPv6:2001:db8:0:0:0:0:0:25])");
            assertThat(mail.acceptance().envelope().client().port()).isEqualTo(40000);
        }
    }

    @Test
    void version2GoesBeforeImplicitTlsInOnePacketWithTheHandshake() throws Exception {
        try (TestServer server = server(Limits.DEFAULT, TlsMode.IMPLICIT, LOOPBACK);
                RawClient client = server.connect()) {
            client.send(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000cc0000219c000020112340019"));
            client.startTls();
            client.upToData("bob@example.com");
            client.send("x\r\n.\r\n");
            assertThat(client.reply()).startsWith("250");
            assertThat(server.spool.stored.getFirst().trace())
                    .contains("([192.0.2.25])")
                    .contains("with ESMTPS (TLSv1.3 ");
        }
    }

    @Test
    void aHealthCheckOfTheProxyIsItself() throws Exception {
        try (TestServer server = server(Limits.DEFAULT, TlsMode.NONE, LOOPBACK);
                RawClient client = server.connect()) {
            client.send(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a20000000"));
            assertThat(client.reply()).startsWith("220");
        }
    }

    @Test
    void noHeaderNoService() throws Exception {
        try (TestServer server = server(Limits.DEFAULT, TlsMode.NONE, LOOPBACK)) {
            for (String instead :
                    new String[] {"EHLO client.example\r\n", "PROXY nonsense\r\n", "\r\n\r\nxxxxxxxxxxxx"}) {
                try (RawClient client = server.connect()) {
                    client.send(instead);
                    assertThat(client.line()).startsWith("554 5.5.0");
                    assertThat(client.line()).isNull();
                }
            }
            assertThat(server.log.refusals()).hasSize(3).containsOnly("CONNECT bad-proxy-header");
        }
        try (TestServer server = server(
                        TestLimits.timeouts(Duration.ofMillis(300), Duration.ofSeconds(10)), TlsMode.NONE, LOOPBACK);
                RawClient client = server.connect()) {
            // Not even the greeting comes before the header.
            assertThat(client.line()).startsWith("421 4.4.2");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void aPeerThatIsNotTrustedIsRefusedWhateverItSays() throws Exception {
        try (TestServer server = server(Limits.DEFAULT, TlsMode.NONE, List.of(Cidr.of("192.0.2.0/24")));
                RawClient client = server.connect()) {
            assertThat(client.line()).startsWith("554 5.7.0");
            assertThat(client.line()).isNull();
            assertThat(server.log.refusals()).containsExactly("CONNECT untrusted-proxy");
        }
    }

    @Test
    void talkBehindTheHeaderIsTalkBeforeTheGreeting() throws Exception {
        try (TestServer server = server(Limits.DEFAULT, TlsMode.NONE, LOOPBACK);
                RawClient client = server.connect()) {
            client.send("PROXY TCP4 192.0.2.1 192.0.2.2 1 25\r\nEHLO client.example\r\n");
            assertThat(client.line()).startsWith("554 5.5.0 You spoke before the greeting");
            assertThat(client.line()).isNull();
            assertThat(server.log.refusals()).containsExactly("CONNECT early-talker");
        }
    }

    @Test
    void theLimitPerAddressCountsTheRealClient() throws Exception {
        try (TestServer server = server(TestLimits.connections(100, 1), TlsMode.NONE, LOOPBACK);
                RawClient one = server.connect();
                RawClient two = server.connect();
                RawClient three = server.connect();
                RawClient four = server.connect()) {
            one.send("PROXY TCP4 192.0.2.1 192.0.2.9 1 25\r\n");
            assertThat(one.reply()).startsWith("220");
            two.send("PROXY TCP4 192.0.2.2 192.0.2.9 1 25\r\n");
            assertThat(two.reply()).startsWith("220");
            three.send("PROXY TCP4 192.0.2.1 192.0.2.9 2 25\r\n");
            assertThat(three.reply()).startsWith("421 4.7.0");
            // One IPv6 host has a whole /64.
            one.command("QUIT");
            three.close();
            four.send("PROXY TCP6 2001:db8::1 2001:db8::9 1 25\r\n");
            assertThat(four.reply()).startsWith("220");
            try (RawClient five = server.connect()) {
                five.send("PROXY TCP6 2001:db8::2 2001:db8::9 1 25\r\n");
                assertThat(five.reply()).startsWith("421 4.7.0");
            }
        }
    }
}
