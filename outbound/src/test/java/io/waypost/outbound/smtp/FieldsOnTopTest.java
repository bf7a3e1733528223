package io.waypost.outbound.smtp;

import static io.waypost.outbound.smtp.Deliveries.TEXT;
import static io.waypost.outbound.smtp.Deliveries.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.outbound.smtp.DeliveryResult.Delivered;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields of the copy that goes out, which depend on where it goes out from. */
class FieldsOnTopTest {

    private static Delivery marked() {
        return plain().withFieldsOnTop(address ->
                ("X-From: " + address.getHostAddress() + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String content(Delivery delivery) throws IOException {
        try (InputStream in = delivery.content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @ParameterizedTest(name = "a connection from {0}")
    @CsvSource({
        "8.8.4.4, X-From: 8.8.4.4",
        "2a00:1450::1, X-From: 2a00:1450:0:0:0:0:0:1",
        "10.0.0.1, From: a@sender.example",
        "127.0.0.1, From: a@sender.example",
        "fd00::1, From: a@sender.example"
    })
    void aPublicAddressIsTold(String local, String first) throws Exception {
        assertThat(content(marked().over(InetAddress.ofLiteral(local)))).startsWith(first + "\r\n");
    }

    @Test
    void whatTheWorldSeesIsToldInstead() throws Exception {
        InetAddress outside = InetAddress.ofLiteral("203.0.113.7");
        assertThat(content(marked().seenAs(outside).over(InetAddress.ofLiteral("10.0.0.1"))))
                .isEqualTo("X-From: 203.0.113.7\r\n" + TEXT);
    }

    @Test
    void theyArePartOfWhatIsAnnouncedAndSent() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello("SIZE 1000").acceptAll())) {
            Delivery delivery = marked().seenAs(InetAddress.ofLiteral("203.0.113.7"));
            assertThat(new OneMailClient(SmtpTimeouts.scaledTo(Duration.ofMinutes(2)))
                            .deliver(peer.address(), delivery))
                    .isInstanceOf(Delivered.class);
            String sent = "X-From: 203.0.113.7\r\n" + TEXT;
            assertThat(peer.messages()).containsExactly(sent.getBytes(StandardCharsets.US_ASCII));
            assertThat(peer.heard()).contains("MAIL FROM:<a@sender.example> SIZE=" + sent.length());
        }
    }
}
