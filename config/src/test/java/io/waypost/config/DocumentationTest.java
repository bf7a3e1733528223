package io.waypost.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/configuration.md lists every key that is read, with the default it has when it is not written. */
class DocumentationTest {

    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (.*?) \\| .+ \\|");

    /** Every key that has no default, and nothing else. */
    private static final String ONLY_REQUIRED = """
            hostname: mx.example.com
            submission: { listeners: [ { address: "0.0.0.0:587" } ] }
            objects: { s3: { endpoint: "http://127.0.0.1:8333", accessKey: a, secretKey: b, kmsKeys: [ { arn: k } ] } }
            functions: { f: { url: "https://a.example/" }, g: { lambda: "https://a.example" } }
            webhooks: { w: { url: "https://a.example/", secret: 0123456789abcdef } }
            topics: { t: [ { http: "https://a.example/" }, { camel: "seda:t" } ] }
            eventTargets:
              - { arn: "arn:aws:firehose:us-east-1:123456789012:deliverystream/mail", http: "https://a.example/" }
              - { arn: "arn:aws:events:us-east-1:123456789012:event-bus/default", camel: "seda:t" }
            endpoints: { e: "seda:e" }
            outbound: { routes: { a.example: "127.0.0.1:25" }, destinations: { a.example: {} }, pools: { p: [ { address: 192.0.2.1, warmUp: { from: 2026-11-01 } }, { address: 192.0.2.2 } ] } }
            checks: { spam: { rspamd: "http://127.0.0.1:11333" }, virus: { clamd: "127.0.0.1:3310" }, dnsbl: [bl.example] }
            accounts: [ { id: "123456789012", keys: [ { id: AKIAIOSFODNN7EXAMPLE, secret: 0123456789abcdef } ] } ]
            filters: [ { block: 192.0.2.0/24 }, { allow: 192.0.2.1 } ]
            """;

    @Test
    void everyKeyAndItsDefaultStandInTheDocumentation(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("rules"));
        Files.writeString(folder.resolve("rules/a.yaml"), "");
        Path file = Files.writeString(folder.resolve("waypost.yaml"), ONLY_REQUIRED);
        Effective effective = new Effective();
        assertThat(ConfigLoader.load(file, Map.of(), effective).problems()).isEmpty();
        Map<String, String> read = new TreeMap<>();
        effective.entries().forEach(entry -> read.putIfAbsent(entry.documented(), entry.shown()));

        Map<String, String> documented = documented();

        assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(read.keySet());
        documented.forEach((key, value) -> {
            if (!value.startsWith("required")) {
                assertThat(read.get(key)).as(key).isEqualTo(value);
            }
        });
    }

    @Test
    void theFullExampleHoldsEveryKey() throws IOException {
        String text = Files.readString(Path.of("examples/full.yaml"));

        for (String key : documented().keySet()) {
            String last = key.substring(key.lastIndexOf('.') + 1);
            if (last.matches("[a-z]\\w*")) {
                assertThat(text).containsPattern("\\b" + last + ":");
            }
        }
    }

    private static Map<String, String> documented() throws IOException {
        return Files.readAllLines(Path.of("../docs/configuration.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(
                        row -> row.group(1), row -> row.group(2).replace("`", ""), (a, b) -> a, LinkedHashMap::new));
    }
}
