package io.waypost.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.config.text.Document;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file that is shipped is one that the server would take. */
class ShippedFilesTest {

    @Test
    void theShippedConfigurationNeedsNothingAndIsReachableFromThisMachineOnly() {
        ConfigResult result = ConfigLoader.load(Path.of("waypost.yaml"), Map.of());

        assertThat(result.problems()).isEmpty();
        WaypostConfig config = result.config().orElseThrow();
        assertThat(config.smtp().listeners()).singleElement().satisfies(listener -> assertThat(
                        HostPort.format(listener.address()))
                .isEqualTo("127.0.0.1:2525"));
        assertThat(HostPort.format(config.http())).isEqualTo("127.0.0.1:8080");
        assertThat(config.objects().s3()).isEmpty();
        assertThat(config.domains()).contains("example.com");
    }

    @Test
    void theFullExampleIsTaken(@TempDir Path folder) throws IOException {
        copy(Path.of("examples"), folder);
        Files.createDirectory(folder.resolve("tls"));
        Files.writeString(folder.resolve("tls/chain.pem"), "");
        Files.writeString(folder.resolve("tls/key.pem"), "");
        Files.writeString(folder.resolve("tls/authorities.pem"), "");
        Map<String, String> environment = Map.of(
                "S3_ACCESS_KEY",
                "access",
                "S3_SECRET_KEY",
                "secret",
                "RSPAMD_PASSWORD",
                "pass",
                "RELAY_PASSWORD",
                "pass",
                "SES_SECRET",
                "0123456789abcdef0123456789abcdef",
                "HOOK_SECRET",
                "0123456789abcdef0123456789abcdef");

        assertThat(ConfigLoader.load(folder.resolve("full.yaml"), environment).problems())
                .isEmpty();
        assertThat(ConfigLoader.load(folder.resolve("full.yaml"), Map.of()).problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.fault()).contains("there is no environment variable"));
    }

    static List<Path> ruleFiles() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.list(Path.of("rules")), Files.list(Path.of("examples/rules")))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("ruleFiles")
    void everyRuleFileIsYamlWithANameAndRules(Path file) {
        Problems problems = new Problems();

        var fields =
                Document.read(file, Substitution.NONE, problems).orElseThrow().fields(problems);

        assertThat(fields.required("name")).isNotEmpty();
        assertThat(fields.items("rules")).isNotEmpty();
        fields.flag("active", false);
        fields.finish();
        assertThat(problems.all()).isEmpty();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    Path target = to.resolve(from.relativize(file));
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
