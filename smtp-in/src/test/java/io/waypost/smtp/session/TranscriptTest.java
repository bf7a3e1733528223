package io.waypost.smtp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Limits;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import io.waypost.smtp.testing.Transcript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays every conversation in src/test/resources/transcripts, in whole packets and octet by octet. */
class TranscriptTest {

    private static TestServer server;
    private static TestServer impatient;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(Limits.DEFAULT);
        impatient = new TestServer(TestLimits.badCommands(5));
    }

    @AfterAll
    static void stop() {
        server.close();
        impatient.close();
    }

    static Stream<Path> transcripts() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/transcripts"))) {
            List<Path> all = files.sorted().toList();
            assertThat(all).hasSizeGreaterThan(15);
            return all.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void goesAsWrittenInWholePackets(Path file) throws Exception {
        play(file, Transcript.Sender.WHOLE);
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void goesAsWrittenOctetByOctet(Path file) throws Exception {
        play(file, Transcript.Sender.SINGLE);
    }

    private static void play(Path file, Transcript.Sender sender) throws Exception {
        TestServer target = file.getFileName().toString().equals("too-many-errors.txt") ? impatient : server;
        try (RawClient client = target.connect()) {
            client.socket().setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            new Transcript(Files.readString(file)).play(client, sender);
        }
    }
}
