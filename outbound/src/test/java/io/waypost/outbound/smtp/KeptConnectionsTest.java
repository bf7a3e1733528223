package io.waypost.outbound.smtp;

import static io.waypost.outbound.smtp.Deliveries.TEXT;
import static io.waypost.outbound.smtp.Deliveries.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.outbound.smtp.DeliveryResult.Delivered;
import io.waypost.outbound.smtp.DeliveryResult.Refused;
import io.waypost.outbound.tls.Encryption;
import io.waypost.outbound.tls.TlsContexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several mails over one connection, in one write each where the peer can take it (RFC 2920). */
@Timeout(60)
class KeptConnectionsTest {

    private static SmtpClient client(Duration idle, int mails) {
        return new SmtpClient(
                SmtpTimeouts.scaledTo(Duration.ofMinutes(2)),
                new TlsContexts(Optional.empty()),
                new ConnectionLimits(idle, mails));
    }

    private static void deliver(SmtpClient client, ScriptedPeer peer) {
        assertThat(client.deliver(OneMailClient.peer(peer.address()), plain()).result())
                .isInstanceOf(Delivered.class);
    }

    private static ScriptedPeer.Session mail(ScriptedPeer.Session s) throws IOException {
        return s.upToData().message().say("250 2.0.0 ok");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNextMailUsesTheSameConnectionBehindRset(boolean pipelining) throws IOException {
        String[] extensions = pipelining ? new String[] {"PIPELINING"} : new String[0];
        try (ScriptedPeer peer = new ScriptedPeer(s -> {
                    mail(s.hello(extensions)).hear("RSET").say("250 ok");
                    mail(s).hear("RSET").say("250 ok");
                    mail(s).hear("QUIT").say("221 bye");
                });
                SmtpClient client = client(Duration.ofMinutes(1), 3)) {
            deliver(client, peer);
            HostAttempt second = client.deliver(OneMailClient.peer(peer.address()), plain());
            assertThat(second.reused()).isTrue();
            assertThat(second.localAddress()).contains("127.0.0.1");
            deliver(client, peer);
            assertThat(peer.heard())
                    .containsSubsequence("EHLO mx.example.com", "RSET", "RSET", "QUIT")
                    .doesNotContainSubsequence("EHLO mx.example.com", "EHLO mx.example.com");
            assertThat(peer.messages()).hasSize(3);
        }
    }

    @Test
    void aPeerThatOffersItGetsAllCommandsInOneWrite() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello("PIPELINING")
                        .hear("MAIL ")
                        .hear("RCPT ")
                        .hear("DATA")
                        .say("250 ok", "250 ok", "354 go")
                        .message()
                        .say("250 2.0.0 ok")
                        .hear("QUIT")
                        .say("221 bye"));
                SmtpClient client = client(Duration.ZERO, 1)) {
            deliver(client, peer);
            assertThat(peer.messages()).containsExactly(TEXT.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aPeerThatWantsDataForNobodyGetsNone() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello("PIPELINING")
                        .hear("MAIL ")
                        .hear("RCPT ")
                        .hear("DATA")
                        .say("250 ok", "550 5.1.1 who", "354 go")
                        .message()
                        .say("554 no valid recipients")
                        .hear("QUIT")
                        .say("221 bye"));
                SmtpClient client = client(Duration.ZERO, 1)) {
            assertThat(client.deliver(OneMailClient.peer(peer.address()), plain())
                            .result())
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.status())
                            .hasToString("5.1.1"));
            assertThat(peer.messages()).containsExactly(new byte[0]);
        }
    }

    @Test
    void aRefusalLeavesTheConnectionToOtherMails() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(s -> {
                    s.hello("PIPELINING")
                            .hear("MAIL ")
                            .hear("RCPT ")
                            .hear("DATA")
                            .say("250 ok", "450 4.2.1 later", "503 no recipients");
                    s.hear("RSET").say("250 ok");
                    s.hear("MAIL ").hear("RCPT ").hear("DATA").say("250 ok", "550 5.1.1 who", "503 none");
                    s.hear("RSET").say("250 ok");
                    mail(s).hear("QUIT");
                });
                SmtpClient client = client(Duration.ofMinutes(1), 3)) {
            Peer to = OneMailClient.peer(peer.address());
            assertThat(client.deliver(to, plain()).result())
                    .isInstanceOfSatisfying(DeliveryResult.Deferred.class, deferred -> {
                        assertThat(deferred.cause()).isEqualTo(DeliveryResult.Cause.MAIL);
                        assertThat(deferred.reason()).isEqualTo("answered RCPT with 450 4.2.1 later");
                    });
            assertThat(client.deliver(to, plain()).result()).isInstanceOf(Refused.class);
            deliver(client, peer);
            assertThat(peer.messages()).hasSize(1);
        }
    }

    /** What a kept connection may do that is no fault of the next mail. */
    private void staleConnection(ScriptedPeer.Script afterFirst) throws IOException {
        AtomicInteger connections = new AtomicInteger();
        try (ScriptedPeer peer = new ScriptedPeer(s -> {
                    boolean first = connections.incrementAndGet() == 1;
                    mail(s.hello("PIPELINING"));
                    if (first) {
                        afterFirst.run(s);
                    } else {
                        s.hear("QUIT");
                    }
                });
                SmtpClient client = client(Duration.ofMinutes(1), 2)) {
            deliver(client, peer);
            deliver(client, peer);
            assertThat(connections).hasValue(2);
            assertThat(peer.messages()).hasSize(2);
        }
    }

    @Test
    void aConnectionThatThePeerClosedIsReplaced() throws IOException {
        staleConnection(s -> {});
    }

    @Test
    void aConnectionThatEndsWith421IsReplaced() throws IOException {
        staleConnection(s -> s.say("421 4.4.2 timeout"));
    }

    @Test
    void aConnectionThatClosesBehindRsetIsReplaced() throws IOException {
        staleConnection(s -> s.hear("RSET"));
    }

    @Test
    void aConnectionThatTalksNonsenseIsReplaced() throws IOException {
        staleConnection(s -> s.hear("RSET").say("000 what"));
    }

    @Test
    void aMailWhoseContentHasGoneIsNotSentAgainAtOnce() throws IOException {
        AtomicInteger connections = new AtomicInteger();
        try (ScriptedPeer peer = new ScriptedPeer(s -> {
                    connections.incrementAndGet();
                    mail(s.hello()).hear("RSET").say("250 ok").upToData().message();
                });
                SmtpClient client = client(Duration.ofMinutes(1), 9)) {
            deliver(client, peer);
            assertThat(client.deliver(OneMailClient.peer(peer.address()), plain())
                            .result())
                    .isInstanceOf(DeliveryResult.Deferred.class);
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void anIdleConnectionIsClosedWithGoodManners() throws Exception {
        CountDownLatch quit = new CountDownLatch(1);
        try (ScriptedPeer peer = new ScriptedPeer(s -> {
                    mail(s.hello()).hear("QUIT").say("221 bye");
                    quit.countDown();
                });
                SmtpClient client = client(Duration.ofMillis(50), 9)) {
            deliver(client, peer);
            assertThat(quit.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aMailThatMustBeEncryptedNeverUsesAConnectionThatNeedNotBe() throws IOException {
        AtomicInteger connections = new AtomicInteger();
        try (ScriptedPeer peer = new ScriptedPeer(s -> {
                    s.hello();
                    if (connections.incrementAndGet() == 1) {
                        mail(s).silence();
                    } else {
                        s.hear("QUIT");
                    }
                });
                SmtpClient client = client(Duration.ofMinutes(1), 9)) {
            deliver(client, peer);
            HostAttempt attempt = client.deliver(OneMailClient.peer(peer.address(), Encryption.REQUIRED), plain());
            assertThat(attempt.result())
                    .isInstanceOfSatisfying(DeliveryResult.Deferred.class, deferred -> assertThat(deferred.reason())
                            .isEqualTo("TLS is a must (required), and it offers no STARTTLS"));
            assertThat(peer.messages()).hasSize(1);
        }
    }
}
