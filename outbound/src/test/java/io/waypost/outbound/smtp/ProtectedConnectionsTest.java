package io.waypost.outbound.smtp;

import static io.waypost.outbound.smtp.Deliveries.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Domain;
import io.waypost.message.port.Dns.Tlsa;
import io.waypost.outbound.exchange.Exchange;
import io.waypost.outbound.smtp.DeliveryResult.Deferred;
import io.waypost.outbound.smtp.DeliveryResult.Delivered;
import io.waypost.outbound.testing.TestAuthority;
import io.waypost.outbound.tls.Encryption;
import io.waypost.outbound.tls.TlsContexts;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which certificates are good enough for which protection: a table. */
@Timeout(60)
class ProtectedConnectionsTest {

    private static final String HOST = "mx.far.example";
    private static final Domain DOMAIN = new Domain("far.example");

    @TempDir
    static Path folder;

    private static TestAuthority authority;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority(folder)
                .issue("good", HOST)
                .issue("wildcard", "*.far.example")
                .issue("deep", "*.example")
                .issue("domain", "far.example")
                .issue("other", "mx.other.example")
                .issueExpired("expired", HOST)
                .selfSigned("self", "whatever.example");
    }

    private static SmtpClient client() throws Exception {
        return new SmtpClient(
                SmtpTimeouts.scaledTo(Duration.ofMinutes(2)),
                new TlsContexts(Optional.of(authority.trust())),
                new ConnectionLimits(Duration.ZERO, 1));
    }

    private static DeliveryResult deliver(String certificate, Encryption encryption) throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello("STARTTLS")
                        .hear("STARTTLS")
                        .say("220 go")
                        .encrypt(authority.server(certificate))
                        .ehlo("8BITMIME")
                        .acceptAll());
                SmtpClient client = client()) {
            DeliveryResult result =
                    client.deliver(to(peer, encryption), plain()).result();
            assertThat(peer.messages()).hasSize(result instanceof Delivered ? 1 : 0);
            return result;
        }
    }

    private static Peer to(ScriptedPeer peer, Encryption encryption) {
        return new Peer(
                new Exchange(
                        HOST, InetAddress.ofLiteral("127.0.0.1"), peer.address().port(), true),
                encryption,
                Optional.empty(),
                "mx.example.com",
                Optional.empty());
    }

    private static Tlsa record(int usage, int selector, int matching, String alias, int inChain) throws Exception {
        X509Certificate certificate = authority.chain(alias).get(inChain);
        byte[] selected = selector == 1 ? certificate.getPublicKey().getEncoded() : certificate.getEncoded();
        byte[] matched =
                switch (matching) {
                    case 1 -> MessageDigest.getInstance("SHA-256").digest(selected);
                    case 2 -> MessageDigest.getInstance("SHA-512").digest(selected);
                    default -> selected;
                };
        return new Tlsa(usage, selector, matching, HexFormat.of().formatHex(matched));
    }

    private static Encryption dane(Tlsa... records) {
        return new Encryption.Dane(List.of(records), HOST, DOMAIN);
    }

    static Stream<Arguments> protections() throws Exception {
        if (authority == null) {
            issue();
        }
        Encryption verified = new Encryption.Verified("mta-sts");
        return Stream.of(
                Arguments.of("the host's, by a known authority", "RFC 8461 4.1", verified, "good", true),
                Arguments.of("a wildcard over the host", "RFC 8461 4.1", verified, "wildcard", true),
                Arguments.of("a wildcard two labels above", "RFC 8461 4.1", verified, "deep", false),
                Arguments.of("another host's", "RFC 8461 4.1", verified, "other", false),
                Arguments.of("an expired one", "RFC 8461 4.1", verified, "expired", false),
                Arguments.of("one of nobody's", "RFC 8461 4.1", verified, "self", false),
                Arguments.of("any, when TLS is all that counts", "RFC 3207 4.1", Encryption.REQUIRED, "self", true),
                Arguments.of("any, when it is opportunistic", "RFC 7435", Encryption.OPPORTUNISTIC, "expired", true),
                Arguments.of("3 1 1", "RFC 7672 3.1.1", dane(record(3, 1, 1, "self", 0)), "self", true),
                Arguments.of("3 0 1", "RFC 7672 3.1.1", dane(record(3, 0, 1, "self", 0)), "self", true),
                Arguments.of("3 1 2", "RFC 7672 3.1.1", dane(record(3, 1, 2, "self", 0)), "self", true),
                Arguments.of("3 0 0", "RFC 7672 3.1.1", dane(record(3, 0, 0, "self", 0)), "self", true),
                Arguments.of("3 1 0", "RFC 7672 3.1.1", dane(record(3, 1, 0, "self", 0)), "self", true),
                Arguments.of(
                        "3 of an expired one", "RFC 7672 3.1.1", dane(record(3, 1, 1, "expired", 0)), "expired", true),
                Arguments.of("3 of another", "RFC 7672 3.1.1", dane(record(3, 1, 1, "good", 0)), "self", false),
                Arguments.of(
                        "the second of two records",
                        "RFC 7672 3.1",
                        dane(record(3, 1, 1, "good", 0), record(3, 1, 1, "self", 0)),
                        "self",
                        true),
                Arguments.of(
                        "2 0 1 of its authority", "RFC 7672 3.1.2", dane(record(2, 0, 1, "good", 1)), "good", true),
                Arguments.of(
                        "2 1 1 of its authority", "RFC 7672 3.1.2", dane(record(2, 1, 1, "good", 1)), "good", true),
                Arguments.of("2, for the domain", "RFC 7672 3.2.2", dane(record(2, 1, 1, "good", 1)), "domain", true),
                Arguments.of("2, for another host", "RFC 7672 3.2.2", dane(record(2, 1, 1, "good", 1)), "other", false),
                Arguments.of("2, expired", "RFC 7672 3.1.2", dane(record(2, 1, 1, "good", 1)), "expired", false),
                Arguments.of(
                        "2 of the server's own", "RFC 7672 3.1.2", dane(record(2, 1, 1, "good", 0)), "good", false),
                Arguments.of("2, from nobody", "RFC 7672 3.1.2", dane(record(2, 1, 1, "good", 1)), "self", false));
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("protections")
    void aCertificateIsGoodEnoughOrTheMailWaits(
            String name, String source, Encryption encryption, String certificate, boolean good) throws Exception {
        DeliveryResult result = deliver(certificate, encryption);
        if (good) {
            assertThat(result).isInstanceOf(Delivered.class);
        } else {
            assertThat(result).isInstanceOfSatisfying(Deferred.class, deferred -> {
                assertThat(deferred.reason()).startsWith("TLS handshake: ");
                assertThat(deferred.cause()).isEqualTo(DeliveryResult.Cause.HOST);
            });
        }
    }

    static Stream<Arguments> waysInClear() {
        ScriptedPeer.Script none = s -> s.hello("8BITMIME").hear("QUIT");
        ScriptedPeer.Script refused = s ->
                s.hello("STARTTLS").hear("STARTTLS").say("454 4.7.0 not now").hear("QUIT");
        ScriptedPeer.Script broken = s -> s.hello("STARTTLS").hear("STARTTLS").say("220 go");
        return Stream.of(Encryption.REQUIRED, new Encryption.Verified("mta-sts"), dane(new Tlsa(3, 1, 1, "00")))
                .flatMap(encryption -> Stream.of(
                        Arguments.of(encryption.word(), "offers no STARTTLS", encryption, none),
                        Arguments.of(encryption.word(), "refuses STARTTLS", encryption, refused),
                        Arguments.of(encryption.word(), "breaks the handshake off", encryption, broken)));
    }

    @ParameterizedTest(name = "{0}: a peer that {1}")
    @MethodSource("waysInClear")
    void nothingGoesInClearWhereTlsIsAMust(String word, String name, Encryption encryption, ScriptedPeer.Script script)
            throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(script);
                SmtpClient client = client()) {
            assertThat(client.deliver(to(peer, encryption), plain()).result()).isInstanceOf(Deferred.class);
            assertThat(peer.heard()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    @Test
    void aPasswordIsSentToAVerifiedHostOnly() throws Exception {
        for (String certificate : List.of("good", "self")) {
            try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello("STARTTLS", "AUTH PLAIN")
                            .hear("STARTTLS")
                            .say("220 go")
                            .encrypt(authority.server(certificate))
                            .ehlo("AUTH LOGIN PLAIN")
                            .hear("AUTH PLAIN ")
                            .say("235 2.7.0 welcome")
                            .acceptAll());
                    SmtpClient client = client()) {
                Peer plain = to(peer, new Encryption.Verified("login"));
                Peer login = new Peer(
                        plain.exchange(),
                        plain.encryption(),
                        plain.source(),
                        plain.hostname(),
                        Optional.of(new Peer.Login("user", "secret")));
                DeliveryResult result = client.deliver(login, plain()).result();
                if (certificate.equals("good")) {
                    assertThat(result).isInstanceOf(Delivered.class);
                    assertThat(peer.heard()).contains("AUTH PLAIN AHVzZXIAc2VjcmV0");
                } else {
                    assertThat(result).isInstanceOf(Deferred.class);
                    assertThat(peer.heard()).noneMatch(line -> line.startsWith("AUTH"));
                }
            }
        }
    }
}
