package io.waypost.smtp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Limits;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import io.waypost.smtp.testing.Transcript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays every conversation in src/test/resources/submission under TLS, in whole packets and octet by octet. */
class SubmissionTranscriptTest {

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.submission(TlsMode.IMPLICIT, Limits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Path> transcripts() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/submission"))) {
            List<Path> all = files.sorted().toList();
            assertThat(all).hasSizeGreaterThan(6);
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
        try (RawClient client = server.connectTls()) {
            new Transcript(Files.readString(file)).play(client, sender);
        }
    }
}
