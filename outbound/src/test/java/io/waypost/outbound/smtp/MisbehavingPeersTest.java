package io.waypost.outbound.smtp;

import static io.waypost.outbound.smtp.Deliveries.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.outbound.smtp.DeliveryResult.Deferred;
import io.waypost.outbound.smtp.DeliveryResult.Delivered;
import io.waypost.outbound.smtp.DeliveryResult.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What peers do, and what it means for the mail: a table. */
@Timeout(60)
class MisbehavingPeersTest {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final OneMailClient patient = new OneMailClient(new SmtpTimeouts(LONG, LONG, LONG, LONG, LONG, LONG, LONG));
    private final OneMailClient impatient =
            new OneMailClient(new SmtpTimeouts(LONG, SHORT, SHORT, SHORT, SHORT, SHORT, LONG));

    private static Arguments later(String name, ScriptedPeer.Script script, String reason) {
        return Arguments.of(name, script, reason);
    }

    static Stream<Arguments> deferring() {
        return Stream.of(
                later("closes at once", s -> {}, "waiting for the answer to the connection"),
                later("is silent after the connection", s -> s.silence(), "too slow"),
                later("drips its greeting", s -> drip(s, "220-"), "too slow"),
                later("greets with 421", s -> s.say("421 busy").hear("QUIT"), "greeted with 421 busy"),
                later("greets with 554", s -> s.say("554 no service").hear("QUIT"), "greeted with 554 no service"),
                later(
                        "speaks HTTP",
                        s -> s.say("HTTP/1.1 400 Bad Request"),
                        "not an SMTP reply: HTTP/1.1 400 Bad Request"),
                later("says nothing but line ends", s -> s.raw("\r\n\r\n"), "not an SMTP reply"),
                later("mixes codes", s -> s.say("220-hello", "250 there"), "a reply with two codes: 220 and 250"),
                later("replies without end", s -> endless(s, "220-more\r\n"), "a reply of more than 128 lines"),
                later(
                        "has an endless line",
                        s -> endless(s, "220 long long "),
                        "a reply line of more than 2048 characters"),
                later(
                        "refuses EHLO and HELO",
                        s -> s.say("220 x")
                                .hear("EHLO")
                                .say("550 no")
                                .hear("HELO")
                                .say("550 no")
                                .hear("QUIT"),
                        "answered EHLO and HELO with 550 no"),
                later("closes at EHLO", s -> s.say("220 x").hear("EHLO"), "waiting for the answer to EHLO"),
                later(
                        "defers the sender",
                        s -> s.hello().hear("MAIL").say("451 4.7.1 greylisted").hear("QUIT"),
                        "answered MAIL with 451 4.7.1 greylisted"),
                later(
                        "defers the recipient",
                        s -> s.hello()
                                .hear("MAIL")
                                .say("250 ok")
                                .hear("RCPT")
                                .say("450 4.2.1 later")
                                .hear("QUIT"),
                        "answered RCPT with 450 4.2.1 later"),
                later(
                        "shuts down in between",
                        s -> s.hello()
                                .hear("MAIL")
                                .say("250 ok")
                                .hear("RCPT")
                                .say("421 4.3.2 bye")
                                .hear("QUIT"),
                        "answered RCPT with 421 4.3.2 bye"),
                later(
                        "answers DATA with 250",
                        s -> s.hello()
                                .hear("MAIL")
                                .say("250 ok")
                                .hear("RCPT")
                                .say("250 ok")
                                .hear("DATA")
                                .say("250 ok")
                                .hear("QUIT"),
                        "answered DATA with 250 ok"),
                later(
                        "is silent after DATA",
                        s -> s.hello()
                                .hear("MAIL")
                                .say("250 ok")
                                .hear("RCPT")
                                .say("250 ok")
                                .hear("DATA")
                                .silence(),
                        "too slow"),
                later("closes after 354", s -> s.hello().upToData(), ""),
                later("closes after the final dot", s -> s.hello().upToData().message(), "the answer to the message"),
                later(
                        "is silent after the final dot",
                        s -> s.hello().upToData().message().silence(),
                        "too slow"),
                later(
                        "defers the message",
                        s -> s.hello()
                                .upToData()
                                .message()
                                .say("452 4.3.1 full")
                                .hear("QUIT"),
                        "answered the message with 452 4.3.1 full"),
                later(
                        "answers the final dot with nonsense",
                        s -> s.hello().upToData().message().say("2x0 ok"),
                        "not an SMTP reply: 2x0 ok"),
                later(
                        "answers the final dot with 354",
                        s -> s.hello().upToData().message().say("354 more").hear("QUIT"),
                        "answered the message with 354 more"));
    }

    private static void drip(ScriptedPeer.Session session, String text) throws Exception {
        java.util.concurrent.CountDownLatch never = new java.util.concurrent.CountDownLatch(1);
        for (int i = 0; i < 1000; i++) {
            session.raw(text.substring(i % text.length(), i % text.length() + 1));
            var _ = never.await(50, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
    }

    private static void endless(ScriptedPeer.Session session, String text) throws IOException {
        while (true) {
            session.raw(text.repeat(100));
        }
    }

    @ParameterizedTest(name = "a peer that {0}")
    @MethodSource("deferring")
    void theMailIsTriedAgainLater(String name, ScriptedPeer.Script script, String reason) throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(script)) {
            OneMailClient client = reason.equals("too slow") ? impatient : patient;
            assertThat(client.deliver(peer.address(), plain()))
                    .isInstanceOfSatisfying(Deferred.class, deferred -> assertThat(deferred.reason())
                            .contains(reason));
        }
    }

    static Stream<Arguments> refusing() {
        return Stream.of(
                later(
                        "refuses the sender",
                        s -> s.hello().hear("MAIL").say("553 5.1.8 no").hear("QUIT"),
                        "5.1.8"),
                later(
                        "refuses the recipient",
                        s -> s.hello()
                                .hear("MAIL")
                                .say("250 ok")
                                .hear("RCPT")
                                .say("550 5.1.1 who?")
                                .hear("QUIT"),
                        "5.1.1"),
                later(
                        "refuses without an enhanced code",
                        s -> s.hello()
                                .hear("MAIL")
                                .say("250 ok")
                                .hear("RCPT")
                                .say("550 who?")
                                .hear("QUIT"),
                        "5.0.0"),
                later(
                        "refuses with a code that contradicts itself",
                        s -> s.hello()
                                .hear("MAIL")
                                .say("250 ok")
                                .hear("RCPT")
                                .say("550 4.1.1 who?")
                                .hear("QUIT"),
                        "5.0.0"),
                later(
                        "refuses DATA",
                        s -> s.hello()
                                .hear("MAIL")
                                .say("250 ok")
                                .hear("RCPT")
                                .say("250 ok")
                                .hear("DATA")
                                .say("554 5.7.1 no")
                                .hear("QUIT"),
                        "5.7.1"),
                later(
                        "refuses the message in two lines",
                        s -> s.hello()
                                .upToData()
                                .message()
                                .say("554-5.7.1 spam", "554 5.7.1 really")
                                .hear("QUIT"),
                        "5.7.1"));
    }

    @ParameterizedTest(name = "a peer that {0}")
    @MethodSource("refusing")
    void theMailIsRefusedForGood(String name, ScriptedPeer.Script script, String status) throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(script)) {
            assertThat(patient.deliver(peer.address(), plain())).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.status()).hasToString(status);
                assertThat(refused.reply()).isPresent();
            });
        }
    }

    @Test
    void aPromiseCountsWhateverThePeerDoesAfterwards() throws IOException {
        try (ScriptedPeer peer =
                new ScriptedPeer(s -> s.hello().upToData().message().say("250 ok"))) {
            assertThat(patient.deliver(peer.address(), plain())).isEqualTo(new Delivered("250 ok"));
        }
        try (ScriptedPeer peer = new ScriptedPeer(
                s -> s.hello().upToData().message().say("250 ok").hear("QUIT").silence())) {
            assertThat(patient.deliver(peer.address(), plain())).isEqualTo(new Delivered("250 ok"));
        }
    }

    @Test
    void aPeerThatReadsNothingHoldsUpNobodyForever() throws IOException {
        String large = ("0123456789".repeat(9) + "\r\n").repeat(200_000);
        try (ScriptedPeer peer = new ScriptedPeer(s -> {
            s.hello().upToData();
            new java.util.concurrent.CountDownLatch(1).await(20, java.util.concurrent.TimeUnit.SECONDS);
        })) {
            assertThat(impatient.deliver(peer.address(), Deliveries.of("a@sender.example", "b@example.com", large)))
                    .isEqualTo(new Deferred(
                            DeliveryResult.Cause.PACE, "too slow: gave up sending the message", Optional.empty()));
        }
    }

    @Test
    void controlCharactersOfAReplyAreNotPassedOn() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(s -> s.hello()
                .hear("MAIL")
                .raw("550 5.0.0 a\u001b[2Jb\u0000\u00e9\r\n")
                .hear("QUIT"))) {
            assertThat(patient.deliver(peer.address(), plain()))
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reply())
                            .contains("550 5.0.0 a?[2Jb??"));
        }
    }

    @Test
    void aReplyMayBeLongButIsKeptShort() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(
                s -> s.hello().hear("MAIL").say("550 5.0.0 " + "x".repeat(1500)).hear("QUIT"))) {
            assertThat(patient.deliver(peer.address(), plain()))
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                                    refused.reply().orElseThrow().getBytes(StandardCharsets.UTF_8))
                            .hasSizeLessThan(500));
        }
    }
}
