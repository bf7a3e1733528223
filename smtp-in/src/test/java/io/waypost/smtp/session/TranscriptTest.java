package io.waypost.smtp.session;

import io.waypost.smtp.Limits;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Plays every conversation in src/test/resources/transcripts. */
class TranscriptTest implements TranscriptContract {

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

    static List<Path> transcripts() throws Exception {
        return TranscriptContract.in("transcripts", 16);
    }

    @Override
    public RawClient connect(Path transcript) throws Exception {
        return (transcript.endsWith("too-many-errors.txt") ? impatient : server).connect();
    }
}
