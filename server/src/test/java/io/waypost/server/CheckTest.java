package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.server.support.Waypost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code waypost check}: every fault of every file at once, and what is shipped has none. */
class CheckTest {

    private static final Path CONFIG = Path.of("../config");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_0-9]+)}");

    @TempDir
    Path folder;

    private Ran check(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return Ran.command("check", "--config", folder.resolve("waypost.yaml").toString());
    }

    private List<String> lines(Ran ran) {
        assertThat(ran.err()).isEmpty();
        return ran.out().replace(folder + "/", "").lines().toList();
    }

    @Test
    void everyFaultOfTheServersFileIsToldAtOnce() throws Exception {
        Ran ran = check(Map.of(
                "waypost.yaml",
                """
                hostname: mx.example.test
                domain: [example.test]
                smtp: { limits: { messageSize: 40XB, hops: 0 } }
                webhooks: { desk: { url: "ftp://desk", secret: short } }
                rules: rules/*.yaml
                """,
                "rules/main.yaml",
                "name: main\nrules: [ { name: a, recipients: [x@else.test], actions: [ { s3: {} } ] } ]\n"));

        assertThat(ran.exitCode()).isOne();
        assertThat(lines(ran))
                .containsExactly(
                        "waypost.yaml:2: unknown key 'domain'; did you mean 'domains'?",
                        "waypost.yaml:3: 'messageSize': '40XB' is not a size; write a number and a unit: 512B, 64KB, 40MB or 2GB",
                        "waypost.yaml:3: 'hops': '0' is not a whole number from 1 to 1000",
                        "waypost.yaml:4: 'url': 'ftp://desk' is not an absolute http or https URL, such as https://desk.example.com/mail",
                        "waypost.yaml:4: 'secret': a secret needs 16 characters at least; 'openssl rand -base64 32' makes a good one",
                        "rules/main.yaml:2: 'bucket' is missing; it has no default",
                        "6 errors; what rules name under domains, endpoints, functions, objects, topics, webhooks was not judged, for the server's file has faults there");
    }

    @Test
    void aFaultInOneSectionDoesNotHideWhatRulesGetWrongElsewhere() throws Exception {
        Ran ran = check(Map.of("waypost.yaml", """
                domains: [example.test]
                hostname: mx.example.test
                webhooks: { desk: { url: "https://desk.example.test/", secret: short } }
                topics:
                  inbound: [ { camel: "kafca:inbound" } ]
                endpoints:
                  archive: "file:out"
                history: long
                """, "rules/main.yaml", """
                name: main
                rules:
                  - name: a
                    recipients: [x@else.test]
                    actions:
                      - webhook: { to: desk }
                      - webhook: { to: dusk }
                      - s3: { bucket: mail, topic: inbound, encryption: { type: sse-s3 } }
                      - notify: { topic: imbound }
                      - endpoint: { to: archiv }
                """));

        assertThat(ran.exitCode()).isOne();
        assertThat(lines(ran))
                .containsExactly(
                        "waypost.yaml:3: 'secret': a secret needs 16 characters at least; 'openssl rand -base64 32' makes a good one",
                        "waypost.yaml:5: 'camel': there is no Camel component 'kafca'; put its jar (mostly camel-kafca-4.18.0.jar) and what it needs into ext/",
                        "waypost.yaml:8: 'history': 'long' is not a duration; write a number and a unit: 250ms, 10s, 5m, 1h or 3d",
                        "rules/main.yaml:4: 'x@else.test': else.test is not one of the server's domains; known here: example.test",
                        "rules/main.yaml:8: 'encryption' needs an S3 store; configure objects.s3, a folder does not encrypt",
                        "rules/main.yaml:9: 'topic': there is no topic 'imbound' in the server's file; did you mean 'inbound'?",
                        "rules/main.yaml:10: 'to': there is no endpoint 'archiv' in the server's file; did you mean 'archive'?",
                        "7 errors; what rules name under webhooks was not judged, for the server's file has faults there");
    }

    @Test
    void aServersFileThatIsNoYamlLeavesNothingToJudgeBy() throws Exception {
        Ran ran = check(Map.of("waypost.yaml", "hostname: [\n", "rules/main.yaml", "name: [\n"));

        assertThat(ran.exitCode()).isOne();
        assertThat(lines(ran))
                .containsExactly(
                        "waypost.yaml:2: not YAML: expected the node content, but found '<stream end>'",
                        "1 error; the rule files are read once this file can be read");
    }

    @Test
    void everyFaultOfEveryRuleFileAndEndpointIsToldAtOnce() throws Exception {
        Ran ran = check(
                Map.of("waypost.yaml", """
                hostname: mx.example.test
                domains: [example.test]
                webhooks: { tickets: { url: "https://desk.example.test/", secret: sixteen-characters-at-least } }
                endpoints: { queue: "kafca:inbound", memory: "seda:inbound", odd: "file:out?colour=red" }
                rules: rules/*.yaml
                """, "rules/a.yaml", """
                name: main
                active: true
                rules:
                  - name: one
                    recipients: [someone@else.test]
                    actions:
                      - s3: { bucket: mail, prefx: in }
                      - webhook: { to: ticket }
                      - endpoint: { to: queue }
                  - name: one
                    actons: []
                """, "rules/b.yaml", """
                name: second
                active: true
                rules:
                  - name: x
                    when: { size: { above: much } }
                    actions: [ { mailet: { class: NoSuchMailet } } ]
                """, "rules/c.yaml", "name: [\n"));

        assertThat(ran.exitCode()).isOne();
        assertThat(lines(ran))
                .containsExactly(
                        "waypost.yaml:4: 'memory': 'seda' keeps messages in memory only, a crash would lose mail; use an endpoint that stores or delivers",
                        "waypost.yaml:4: 'odd': the component 'file' does not take this endpoint: There are 1 parameters that couldn't be set on the endpoint. Check the uri if the parameters are spelt correctly and that they are properties of the endpoint. Unknown parameters=[{colour=...}]",
                        "waypost.yaml:4: 'queue': there is no Camel component 'kafca'; put its jar (mostly camel-kafca-4.18.0.jar) and what it needs into ext/",
                        "rules/a.yaml:5: 'someone@else.test': else.test is not one of the server's domains; known here: example.test",
                        "rules/a.yaml:7: unknown key 'prefx'; did you mean 'prefix'?",
                        "rules/a.yaml:8: 'to': there is no webhook 'ticket' in the server's file; did you mean 'tickets'?",
                        "rules/a.yaml:10: a rule needs 'actions'; to take mail and keep nothing of it on purpose, write '- stop: ruleSet'",
                        "rules/a.yaml:10: two rules are named 'one'; the other one is at rules/a.yaml:4",
                        "rules/a.yaml:11: unknown key 'actons'; did you mean 'actions'?",
                        "rules/b.yaml:5: 'above': 'much' is not a size; write a number and a unit: 512B, 64KB, 40MB or 2GB",
                        "rules/b.yaml:6: 'class': there is no mailet class org.apache.james.transport.mailets.NoSuchMailet on the class path, or it needs one that is not there (org.apache.james.transport.mailets.NoSuchMailet)",
                        "rules/c.yaml:2: not YAML: expected the node content, but found '<stream end>'",
                        "12 errors");
    }

    @Test
    void rightFilesAreRight() throws Exception {
        Ran ran = check(Map.of(
                "waypost.yaml",
                "hostname: mx.example.test\ndomains: [example.test]\n",
                "rules/a.yaml",
                "name: main\nactive: true\nrules: [ { name: a, actions: [ { s3: { bucket: mail } } ] } ]\n"));

        assertThat(ran)
                .isEqualTo(
                        new Ran(0, "%s and its rule files are right%n".formatted(folder.resolve("waypost.yaml")), ""));
        assertThat(folder.resolve("data")).doesNotExist();
    }

    static Stream<Path> shipped() throws IOException {
        try (Stream<Path> examples = Files.list(CONFIG.resolve("examples"))) {
            return Stream.concat(
                    Stream.of(CONFIG.resolve("waypost.yaml"), CONFIG.resolve("compose.yaml")),
                    examples.filter(file -> file.toString().endsWith(".yaml")))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedFileIsRight(Path shipped) throws Exception {
        copy(shipped.getParent(), folder);
        // Certificates are the operator's.
        Files.createDirectories(folder.resolve("tls"));
        Files.writeString(folder.resolve("tls/chain.pem"), "");
        Files.writeString(folder.resolve("tls/key.pem"), "");
        Files.writeString(folder.resolve("tls/authorities.pem"), "");

        Waypost ran = Waypost.run(
                folder,
                variables(shipped),
                "check",
                "--config",
                folder.resolve(shipped.getFileName()).toString());

        assertThat(ran.out()).endsWith(" and its rule files are right" + System.lineSeparator());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
    }

    private static Map<String, String> variables(Path file) throws IOException {
        return VARIABLE.matcher(Files.readString(file))
                .results()
                .collect(Collectors.toMap(
                        match -> match.group(1),
                        match -> "0123456789abcdef0123456789abcdef",
                        (one, same) -> one,
                        HashMap::new));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from, 2)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
