package io.waypost.outbound.smtp;

import static io.waypost.outbound.smtp.Deliveries.TEXT;
import static io.waypost.outbound.smtp.Deliveries.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.outbound.smtp.DeliveryResult.Deferred;
import io.waypost.outbound.smtp.DeliveryResult.Delivered;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StartTlsTest {

    private final OneMailClient client = new OneMailClient(SmtpTimeouts.scaledTo(Duration.ofMinutes(2)));

    @Test
    void anOfferIsTakenWhateverTheCertificateAndTheSecondEhloCounts() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello("STARTTLS", "SIZE 1")
                .hear("STARTTLS")
                .say("220 go")
                .encrypt()
                .ehlo("8BITMIME")
                .acceptAll())) {
            assertThat(client.deliver(peer.address(), plain())).isInstanceOf(Delivered.class);
            assertThat(peer.heard())
                    .startsWith(
                            "EHLO mx.example.com",
                            "STARTTLS",
                            "(TLSv1.3)",
                            "EHLO mx.example.com",
                            "MAIL FROM:<a@sender.example> BODY=8BITMIME");
            assertThat(peer.messages()).containsExactly(TEXT.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void anOfferThatIsTakenBackIsForgotten() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello("STARTTLS")
                .hear("STARTTLS")
                .say("454 4.7.0 no certificate")
                .acceptAll())) {
            assertThat(client.deliver(peer.address(), plain())).isInstanceOf(Delivered.class);
        }
    }

    @Test
    void aHandshakeThatFailsIsFollowedByAConnectionInClear() throws IOException {
        AtomicInteger connections = new AtomicInteger();
        try (ScriptedPeer peer = new ScriptedPeer(s -> {
            if (connections.incrementAndGet() == 1) {
                s.hello("STARTTLS").hear("STARTTLS").say("220 go");
            } else {
                s.hello("STARTTLS").acceptAll();
            }
        })) {
            assertThat(client.deliver(peer.address(), plain())).isInstanceOf(Delivered.class);
            assertThat(connections).hasValue(2);
        }
    }

    @Test
    void textInClearBehindTheAnswerIsNotTakenForAnEncryptedReply() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(s -> {
            s.hello("STARTTLS").hear("STARTTLS").raw("220 go\r\n250-injected\r\n250 OK\r\n");
            s.silence();
        })) {
            assertThat(client.deliver(peer.address(), plain()))
                    .isEqualTo(Deferred.host("data in clear behind the answer to STARTTLS"));
            assertThat(peer.messages()).isEmpty();
        }
    }
}
