package io.waypost.outbound.smtp;

import static io.waypost.outbound.smtp.Deliveries.TEXT;
import static io.waypost.outbound.smtp.Deliveries.of;
import static io.waypost.outbound.smtp.Deliveries.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Recipient;
import io.waypost.message.ReversePath;
import io.waypost.message.StatusCode;
import io.waypost.outbound.smtp.DeliveryResult.Deferred;
import io.waypost.outbound.smtp.DeliveryResult.Delivered;
import io.waypost.outbound.smtp.DeliveryResult.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpClientTest {

    private final OneMailClient client = new OneMailClient(SmtpTimeouts.scaledTo(Duration.ofSeconds(20)));

    private DeliveryResult deliver(Delivery delivery, ScriptedPeer.Script script) throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(script)) {
            return client.deliver(peer.address(), delivery);
        }
    }

    @Test
    void aMailIsDeliveredAndTheReplyKept() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello().acceptAll())) {
            DeliveryResult result = client.deliver(peer.address(), plain());

            assertThat(result).isEqualTo(new Delivered("250 2.0.0 queued as X1"));
            assertThat(peer.heard())
                    .startsWith(
                            "EHLO mx.example.com", "MAIL FROM:<a@sender.example>", "RCPT TO:<b@example.com>", "DATA");
            assertThat(peer.messages()).containsExactly(TEXT.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aPeerWithoutExtensionsIsGreetedTheOldWay() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.say("220 old")
                .hear("EHLO ")
                .say("502 unknown")
                .hear("HELO mx.example.com")
                .say("250 hi")
                .acceptAll())) {
            assertThat(client.deliver(peer.address(), plain())).isInstanceOf(Delivered.class);
            assertThat(peer.heard()).contains("MAIL FROM:<a@sender.example>");
        }
    }

    @Test
    void linesThatBeginWithADotAreStuffedAndTheLastLineIsEnded() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello().acceptAll())) {
            client.deliver(peer.address(), of("a@sender.example", "b@example.com", ".\r\n..x\r\na.b\r\n.\r\nend"));

            assertThat(peer.messages())
                    .containsExactly("..\r\n...x\r\na.b\r\n..\r\nend\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aLargeMailArrivesByteForByte() throws IOException {
        String large = TEXT + ("0123456789".repeat(7) + "\r\n").repeat(3000);
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello().acceptAll())) {
            assertThat(client.deliver(peer.address(), of("a@sender.example", "b@example.com", large)))
                    .isInstanceOf(Delivered.class);

            assertThat(peer.messages()).containsExactly(large.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\nb\r\n", "a\rb\r\n", "\n", "x\r\n.\n\r\n", "end\r", "\r\r\n", "a\n.\r\nMAIL FROM:<x@y>\r\n"})
    void aBareLineEndNeverReachesThePeerAsAWholeMail(String content) throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello().upToData().message())) {
            DeliveryResult result = client.deliver(peer.address(), of("a@sender.example", "b@example.com", content));

            assertThat(result)
                    .isEqualTo(
                            new Refused(StatusCode.of("5.6.0"), "the message has a bare CR or LF", Optional.empty()));
            assertThat(peer.messages()).isEmpty();
        }
    }

    @Test
    void theAnnouncedSizeIsRespected() throws IOException {
        Delivery delivery = plain();
        assertThat(deliver(delivery, s -> s.hello("SIZE 10").hear("QUIT").say("221 bye")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).hasToString("5.3.4"));

        try (ScriptedPeer peer =
                new ScriptedPeer(s -> s.hello("SIZE 0", "8BITMIME").acceptAll())) {
            assertThat(client.deliver(peer.address(), delivery)).isInstanceOf(Delivered.class);
            assertThat(peer.heard()).contains("MAIL FROM:<a@sender.example> SIZE=" + TEXT.length() + " BODY=8BITMIME");
        }
    }

    @Test
    void anEightBitMailGoesOnlyToAPeerThatTakesIt() throws IOException {
        Delivery eightBit = of("a@sender.example", "b@example.com", TEXT + "gr\u00fcn\r\n");

        assertThat(deliver(eightBit, s -> s.hello().hear("QUIT").say("221 bye")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).hasToString("5.6.3"));
        assertThat(deliver(eightBit, s -> s.hello("8BITMIME").acceptAll())).isInstanceOf(Delivered.class);
    }

    @Test
    void anInternationalAddressGoesOnlyToAPeerThatTakesIt() throws IOException {
        Delivery delivery = of("a@sender.example", "b\u00fc@example.com", TEXT);

        assertThat(deliver(delivery, s -> s.hello("8BITMIME").hear("QUIT").say("221 bye")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).hasToString("5.6.7"));
        try (ScriptedPeer peer =
                new ScriptedPeer(s -> s.hello("8BITMIME", "SMTPUTF8").acceptAll())) {
            assertThat(client.deliver(peer.address(), delivery)).isInstanceOf(Delivered.class);
            assertThat(peer.heard())
                    .contains("MAIL FROM:<a@sender.example> BODY=8BITMIME SMTPUTF8", "RCPT TO:<b\u00fc@example.com>");
        }
    }

    @Test
    void aUtf8HeaderIsDeclaredWhereThePeerKnowsTheWord() throws IOException {
        Delivery undeclared = of("a@sender.example", "b@example.com", "Subject: gr\u00fcn\r\n\r\nx\r\n");
        Delivery declared = Deliveries.to(
                Deliveries.envelope(ReversePath.parse("a@sender.example"), undeclared.recipient(), true),
                undeclared.recipient(),
                undeclared.content());

        try (ScriptedPeer peer =
                new ScriptedPeer(s -> s.hello("8BITMIME", "SMTPUTF8").acceptAll())) {
            client.deliver(peer.address(), undeclared);
            assertThat(peer.heard()).contains("MAIL FROM:<a@sender.example> BODY=8BITMIME SMTPUTF8");
        }
        assertThat(deliver(undeclared, s -> s.hello("8BITMIME").acceptAll())).isInstanceOf(Delivered.class);
        assertThat(deliver(declared, s -> s.hello("8BITMIME").hear("QUIT").say("221 bye")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).hasToString("5.6.9"));
    }

    @Test
    void whatTheSenderAskedAboutNoticesIsPassedOn() throws IOException {
        Recipient recipient = new Recipient(
                EmailAddress.of("b@example.com"),
                Set.of(Recipient.Notify.FAILURE, Recipient.Notify.DELAY),
                Optional.of("rfc822;b@example.org"));
        Envelope envelope = new Envelope(
                ReversePath.parse("a@sender.example"),
                List.of(recipient),
                io.waypost.message.Client.local("h"),
                Envelope.Body.SEVEN_BIT,
                false,
                Optional.of("id+3D1"),
                Optional.of(Envelope.DsnReturn.HDRS));
        Delivery delivery =
                Deliveries.to(envelope, recipient, MessageContent.of(TEXT.getBytes(StandardCharsets.US_ASCII)));

        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello("DSN").acceptAll())) {
            client.deliver(peer.address(), delivery);
            assertThat(peer.heard())
                    .contains(
                            "MAIL FROM:<a@sender.example> RET=HDRS ENVID=id+3D1",
                            "RCPT TO:<b@example.com> NOTIFY=FAILURE,DELAY ORCPT=rfc822;b@example.org");
        }
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello().acceptAll())) {
            client.deliver(peer.address(), delivery);
            assertThat(peer.heard()).contains("MAIL FROM:<a@sender.example>", "RCPT TO:<b@example.com>");
        }
    }

    @Test
    void aNoticeAsksForNoNotice() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello("DSN").acceptAll())) {
            client.deliver(peer.address(), of("", "b@example.com", TEXT));
            assertThat(peer.heard()).contains("MAIL FROM:<>", "RCPT TO:<b@example.com> NOTIFY=NEVER");
        }
    }

    @Test
    void parametersThatCouldMeanSomethingElseAreLeftOut() throws IOException {
        Recipient recipient =
                new Recipient(EmailAddress.of("b@example.com"), Set.of(), Optional.of("rfc822;b\r\nRSET"));
        Envelope envelope = new Envelope(
                ReversePath.parse("a@sender.example"),
                List.of(recipient),
                io.waypost.message.Client.local("h"),
                Envelope.Body.SEVEN_BIT,
                false,
                Optional.of("x SIZE=1"),
                Optional.empty());
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello("DSN").acceptAll())) {
            client.deliver(
                    peer.address(),
                    Deliveries.to(envelope, recipient, MessageContent.of(TEXT.getBytes(StandardCharsets.US_ASCII))));
            assertThat(peer.heard()).contains("MAIL FROM:<a@sender.example>", "RCPT TO:<b@example.com>");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a>\r\nRSET", "a b", "a>,<b", "a\u0000", "a\u0085", "\"a", "\"a\"b", "a\\", "a@b", "\"a\r\n\""})
    void anAddressThatCouldMeanSomethingElseIsNeverSent(String localPart) throws IOException {
        EmailAddress address = new EmailAddress(localPart, new Domain("example.com"));
        Recipient good = Recipient.of(EmailAddress.of("b@example.com"));
        MessageContent content = MessageContent.of(TEXT.getBytes(StandardCharsets.US_ASCII));
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello().acceptAll())) {
            assertThat(client.deliver(
                            peer.address(),
                            Deliveries.to(
                                    Deliveries.envelope(ReversePath.NULL, good, false),
                                    Recipient.of(address),
                                    content)))
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.status())
                            .hasToString("5.1.3"));
            assertThat(client.deliver(
                            peer.address(),
                            Deliveries.to(Deliveries.envelope(ReversePath.of(address), good, false), good, content)))
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.status())
                            .hasToString("5.1.7"));
            assertThat(peer.heard()).isEmpty();
        }
    }

    @Test
    void aQuotedLocalPartAndAnAddressLiteralAreFine() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello().acceptAll())) {
            assertThat(client.deliver(peer.address(), of("\"a b\\\"c\"@sender.example", "b@[IPv6:::1]", TEXT)))
                    .isInstanceOf(Delivered.class);
        }
    }

    @Test
    void aHostThatIsNotThereIsTriedAgainLater() {
        // Nobody listens on port 1; a port that was free a moment ago may be somebody's by now.
        HostAndPort closed = new HostAndPort("127.0.0.1", 1);
        assertThat(client.deliver(closed, plain()))
                .isInstanceOfSatisfying(Deferred.class, deferred -> assertThat(deferred.reason())
                        .startsWith("cannot connect"));
    }
}
