package io.waypost.smtp.session;

import io.waypost.smtp.Limits;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Plays every conversation in src/test/resources/submission under TLS. */
class SubmissionTranscriptTest implements TranscriptContract {

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.submission(TlsMode.IMPLICIT, Limits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Path> transcripts() throws Exception {
        return TranscriptContract.in("submission", 7);
    }

    @Override
    public RawClient connect(Path transcript) throws Exception {
        return server.connectTls();
    }
}
