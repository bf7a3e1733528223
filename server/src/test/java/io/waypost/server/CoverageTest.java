package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.Coverage;
import io.waypost.server.support.Setup;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/ses-coverage.md is what the models and a running server say. */
class CoverageTest {

    @TempDir
    Path folder;

    @Test
    void thePageSaysWhatIsBuilt() throws Exception {
        Setup setup =
                new Setup(folder).rules("name: main\nactive: true\nrules: []\n").write();
        try (Server server = InProcess.start(setup)) {
            String page = Coverage.markdown(server.operations());
            Path written = Files.writeString(Path.of("target/ses-coverage.md"), page);
            assertThat(Files.readString(Path.of("../docs/ses-coverage.md")))
                    .as("docs/ses-coverage.md; copy " + written.toAbsolutePath() + " over it")
                    .isEqualTo(page);
        }
    }
}
