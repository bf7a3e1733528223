package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.waypost.outbound.smtp.ScriptedPeer;
import io.waypost.outbound.smtp.SmtpTimeouts;
import io.waypost.outbound.testing.TestAuthority;
import io.waypost.server.support.Ports;
import io.waypost.server.support.Setup;
import io.waypost.smtp.testing.LocalDns;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * DANE and MTA-STS on the whole server: a validating name server, hosts of policies and exchangers, whose certificates are those that
 * they should be, or an impostor's. The authority is one that the configuration adds.
 */
@Timeout(180)
class ProtectedExchangersTest {

    @TempDir
    Path folder;

    private final int port = Ports.free();
    private final int policyPort = Ports.free();
    private final Map<String, String> policies = new ConcurrentHashMap<>();
    private TestAuthority authority;
    private LocalDns dns;
    private HttpsServer policyHost;
    private Setup setup;
    private Server server;
    private Shop shop;

    @BeforeEach
    void start() throws Exception {
        authority = new TestAuthority(folder)
                .issue("mx", "mx.far.test")
                .issue("alias", "host.provider.test")
                .issue("policy", "mta-sts.far.test")
                .selfSigned("own", "mx.far.test");
        dns = new LocalDns();
        dns.add("mta-sts.far.test", 60, "A", "127.0.0.1")
                .add("far.test", 60, "MX", "10 mx.far.test.")
                .add("mx.far.test", 60, "A", "127.0.0.21");
        policyHost = HttpsServer.create(new InetSocketAddress("127.0.0.1", policyPort), 10);
        policyHost.setHttpsConfigurator(new HttpsConfigurator(authority.server("policy")));
        policyHost.createContext("/.well-known/mta-sts.txt", exchange -> {
            byte[] text = policies.getOrDefault("far.test", "").getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(text.length == 0 ? 404 : 200, text.length == 0 ? -1 : text.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(text);
            }
        });
        policyHost.start();
        Files.writeString(folder.resolve("trust.pem"), authority.pem());
        setup = new Setup(folder)
                .rules("name: main\nactive: true\nrules: []\n")
                .unchecked(dns.address().getPort())
                .with(Shop.ACCOUNT)
                .with("outbound: { port: %d, allowPrivate: true, trust: trust.pem }%n".formatted(port))
                .write();
        server = InProcess.start(setup, new OutsideWorld(policyPort, SmtpTimeouts.STANDARD));
        shop = new Shop(setup);
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
        server.close();
        policyHost.stop(0);
        dns.close();
    }

    private ScriptedPeer exchanger(String certificate) throws IOException {
        return new ScriptedPeer("127.0.0.21", port, s -> s.hello("STARTTLS")
                .hear("STARTTLS")
                .say("220 go")
                .encrypt(authority.server(certificate))
                .ehlo()
                .acceptAll());
    }

    private void tlsa(String host, String certificate) throws Exception {
        byte[] key = authority.chain(certificate).getFirst().getPublicKey().getEncoded();
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        dns.authenticated = true;
        dns.add("_" + port + "._tcp." + host, 60, "TLSA", "3 1 1 " + sum);
    }

    private void policy(String exchanger) throws Exception {
        dns.txt("_mta-sts.far.test", "v=STSv1; id=1;");
        policies.put("far.test", "version: STSv1\r\nmode: enforce\r\nmx: " + exchanger + "\r\nmax_age: 86400\r\n");
    }

    private void arrives(String certificate, String protection) throws Exception {
        try (ScriptedPeer peer = exchanger(certificate)) {
            shop.awaitTrace(
                    shop.send("bob@far.test"),
                    "said 250 2.0.0 queued as X1 (TLSv1.3 " + protection + ", from ",
                    "  settled ");
            assertThat(peer.messages()).hasSize(1);
        }
    }

    private void waits(String certificate, String reason) throws Exception {
        try (ScriptedPeer peer = exchanger(certificate)) {
            String id = shop.send("bob@far.test");
            shop.awaitTrace(id, reason);
            assertThat(shop.trace(id)).contains("not settled").doesNotContain("queued as X1");
            assertThat(peer.messages()).isEmpty();
            assertThat(peer.heard()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    @Test
    void theCertificateThatTheTlsaRecordNamesIsGivenTheMail() throws Exception {
        tlsa("mx.far.test", "own");
        arrives("own", "dane");
    }

    @Test
    void anotherCertificateThanTheTlsaRecordNamesIsNot() throws Exception {
        tlsa("mx.far.test", "own");
        waits("mx", "mx.far.test 127.0.0.21:" + port + ": TLS handshake: ");
    }

    @Test
    void theTlsaRecordIsFoundWhereTheExchangersNameIsAnAliasOf() throws Exception {
        dns.remove("mx.far.test")
                .add("mx.far.test", 60, "CNAME", "host.provider.test.")
                .add("host.provider.test", 60, "A", "127.0.0.21");
        tlsa("host.provider.test", "alias");
        arrives("alias", "dane");
        assertThat(dns.questions).contains("TLSA _" + port + "._tcp.host.provider.test");
    }

    @Test
    void anExchangerOfThePolicyIsGivenTheMail() throws Exception {
        policy("mx.far.test");
        arrives("mx", "mta-sts");
    }

    @Test
    void anImpostorOfAnExchangerOfThePolicyIsNot() throws Exception {
        policy("mx.far.test");
        waits("own", "mx.far.test 127.0.0.21:" + port + ": TLS handshake: ");
    }

    @Test
    void anExchangerThatIsNotInThePolicyIsNot() throws Exception {
        policy("mx.other.test");
        waits("mx", "it is not in the MTA-STS policy of far.test");
    }

    @Test
    void withoutARecordAndAPolicyAnyCertificateIsTaken() throws Exception {
        arrives("own", "opportunistic");
    }
}
