package io.waypost.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The load generator, the sink and the runner are C and Python; their tests run with everybody's. */
class MeasuringToolsTest {

    @Test
    void the_measuring_tools_pass_their_own_tests() throws Exception {
        Process tests = new ProcessBuilder("python3", "-m", "unittest", "discover", "-s", "test")
                .directory(Path.of("").toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tests.waitFor()).as(said).isZero();
    }
}
