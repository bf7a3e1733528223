package io.waypost.smtp.checks.virus;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.MessageContent;
import io.waypost.message.Verdict;
import io.waypost.message.Verdict.Status;
import io.waypost.message.host.HostAddresses;
import io.waypost.smtp.checks.Deadline;
import io.waypost.smtp.checks.ScriptedPeer;
import io.waypost.smtp.testing.FakeDns;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** clamd as it may misbehave. */
@Timeout(60)
class ClamdTest {

    private static final MessageContent MAIL =
            MessageContent.of("Subject: x\r\n\r\nbody\r\n".repeat(50).getBytes(StandardCharsets.US_ASCII));
    private static final Duration SHORT = Duration.ofMillis(400);

    private static Clamd at(int port, Duration timeout) {
        return new Clamd(
                new ClamdSettings(InetSocketAddress.createUnresolved("127.0.0.1", port), timeout, 4, 100_000),
                new HostAddresses(new FakeDns()));
    }

    private static Verdict scan(ScriptedPeer peer, Duration timeout) {
        try (Clamd clamd = at(peer.port(), timeout)) {
            return clamd.scan(MAIL, Deadline.in(Duration.ofSeconds(30)));
        }
    }

    private static void command(DataInputStream in, String expected) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c > 0; c = in.read()) {
            text.append((char) c);
        }
        if (!text.toString().equals(expected)) {
            throw new IOException("heard " + text);
        }
    }

    private static void mail(DataInputStream in) throws IOException {
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
            in.skipNBytes(length);
        }
    }

    private static void answer(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\0").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @ParameterizedTest
    @CsvSource({
        "1: stream: OK, PASS, clean, ''",
        "stream: OK, PASS, clean, ''",
        "1: stream: Win.Test-1 FOUND, FAIL, Win.Test-1, virus found",
        "1: stream: a\u00e9\u0001b FOUND, FAIL, a??b, virus found",
        "1: stream:  FOUND, FAIL, unnamed, virus found",
        "1: INSTREAM size limit exceeded. ERROR, PROCESSING_FAILED, error, clamd: INSTREAM size limit exceeded. ERROR",
        "1: stream: something else, PROCESSING_FAILED, error, clamd: an answer that is none: stream: something else",
        "OK, PROCESSING_FAILED, error, clamd: an answer that is none: OK",
        "'', PROCESSING_FAILED, error, 'clamd: an answer that is none: '",
    })
    void eachAnswerHasItsVerdict(String said, Status status, String result, String reason) throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(socket -> {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            command(in, "zIDSESSION");
            command(in, "zINSTREAM");
            mail(in);
            answer(socket, said);
            in.read();
        })) {
            Verdict verdict = scan(peer, Duration.ofSeconds(20));
            assertThat(verdict.status()).isEqualTo(status);
            assertThat(verdict.result()).isEqualTo(result);
            assertThat(verdict.reason()).isEqualTo(reason);
        }
    }

    @Test
    void whoSaysNothingIsNotWaitedForForever() throws Exception {
        AtomicInteger step = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            step.set(i);
            ScriptedPeer[] self = new ScriptedPeer[1];
            try (ScriptedPeer peer = new ScriptedPeer(socket -> {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                if (step.get() > 0) {
                    command(in, "zIDSESSION");
                    command(in, "zINSTREAM");
                    mail(in);
                }
                if (step.get() > 1) {
                    socket.getOutputStream().write("1: str".getBytes(StandardCharsets.US_ASCII));
                }
                self[0].hang();
            })) {
                self[0] = peer;
                Verdict verdict = scan(peer, SHORT);
                assertThat(verdict.status()).isEqualTo(Status.PROCESSING_FAILED);
                assertThat(verdict.reason()).isEqualTo("clamd: no answer in time");
                assertThat(verdict.took()).isBetween(SHORT, Duration.ofSeconds(10));
            }
        }
    }

    @Test
    void anAnswerWithoutEndIsCut() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(socket -> {
            mailOf(socket);
            socket.getOutputStream().write("x".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
        })) {
            assertThat(scan(peer, Duration.ofSeconds(20)).reason()).isEqualTo("clamd: clamd's answer does not end");
        }
    }

    private static void mailOf(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        command(in, "zIDSESSION");
        command(in, "zINSTREAM");
        mail(in);
    }

    @Test
    void whoClosesInTheMidstHasGivenNoVerdict() throws Exception {
        try (ScriptedPeer peer =
                new ScriptedPeer(socket -> command(new DataInputStream(socket.getInputStream()), "zIDSESSION"))) {
            assertThat(scan(peer, Duration.ofSeconds(20)).status()).isEqualTo(Status.PROCESSING_FAILED);
        }
    }

    @Test
    void aSessionIsUsedAgainAndReplacedWhenItHasEnded() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(socket -> {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    command(in, "zIDSESSION");
                    for (int i = 1; i <= 3; i++) {
                        command(in, "zINSTREAM");
                        mail(in);
                        answer(socket, i + ": stream: OK");
                    }
                });
                Clamd clamd = at(peer.port(), Duration.ofSeconds(20))) {
            for (int i = 0; i < 7; i++) {
                assertThat(clamd.scan(MAIL, Deadline.in(Duration.ofSeconds(30))).status())
                        .isEqualTo(Status.PASS);
            }
            assertThat(peer.connections).hasValue(3);
        }
    }

    @Test
    void whatIsTooLargeIsNotSentAndNoPass() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(Socket::close);
                Clamd clamd = at(peer.port(), Duration.ofSeconds(20))) {
            Verdict verdict = clamd.scan(MessageContent.of(new byte[100_001]), Deadline.in(Duration.ofSeconds(30)));
            assertThat(verdict.status()).isEqualTo(Status.GRAY);
            assertThat(verdict.reason()).isEqualTo("not scanned: larger than 100000 bytes");
            assertThat(peer.connections).hasValue(0);
        }
    }

    @Test
    void whoFailsAgainAndAgainIsLeftAlone() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(Socket::close);
                Clamd clamd = at(peer.port(), Duration.ofSeconds(20))) {
            for (int i = 0; i < 20; i++) {
                assertThat(clamd.scan(MAIL, Deadline.in(Duration.ofSeconds(30))).status())
                        .isEqualTo(Status.PROCESSING_FAILED);
            }
            assertThat(peer.connections.get()).isLessThan(10);
        }
    }

    @Test
    void aHostThatIsNotKnownIsSaid() {
        try (Clamd clamd = new Clamd(
                new ClamdSettings(InetSocketAddress.createUnresolved("nowhere.example", 3310), SHORT, 1, 100_000),
                new HostAddresses(new FakeDns()))) {
            assertThat(clamd.scan(MAIL, Deadline.in(Duration.ofSeconds(30))).reason())
                    .isEqualTo("clamd: the name nowhere.example cannot be resolved: no such name");
        }
    }
}
