package io.waypost.server.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The files of one server under test: configuration and rules in a folder of its own. */
public final class Setup {

    private final Path folder;
    private final int smtpPort = Ports.free();
    private final int httpPort = Ports.free();
    private String smtp;
    private String hostname = "mx.example.test";
    private String domains = "example.test";
    private String httpLimits = "{}";
    private String objects = "";
    private String more = "";

    /** Nothing in a test may ask the world: a test of checks brings its own name server. */
    private String checks = """
            dns: { servers: ["127.0.0.1:9"], timeout: 500ms }
            checks: { spf: off, dkim: off, dmarc: off, arc: off, reverseName: off }
            """;

    public Setup(Path folder) {
        this.folder = folder;
        this.smtp = "smtp: { listeners: [ { address: \"127.0.0.1:%d\", tls: none } ] }%n".formatted(smtpPort);
    }

    public int smtpPort() {
        return smtpPort;
    }

    public int httpPort() {
        return httpPort;
    }

    public Path data() {
        return folder.resolve("data");
    }

    public Path log() {
        return folder.resolve("server.log");
    }

    public Path config() {
        return folder.resolve("waypost.yaml");
    }

    /** Objects go to this S3 server instead of a folder. */
    public Setup s3(String endpoint, String accessKey, String secretKey) {
        objects = """
                objects:
                  s3: { endpoint: "%s", region: us-east-1, accessKey: "%s", secretKey: "%s", pathStyle: true }
                """.formatted(endpoint, accessKey, secretKey);
        return this;
    }

    /** Another name than {@code mx.example.test}, where two servers talk. */
    public Setup hostname(String name) {
        hostname = name;
        return this;
    }

    /** Other domains than {@code example.test}, with commas between. */
    public Setup domains(String names) {
        domains = names;
        return this;
    }

    /** Another {@code smtp} part than one plain listener on {@link #smtpPort()}. */
    public Setup smtp(String yaml) {
        smtp = yaml;
        return this;
    }

    /** What clients of the HTTP port may take. */
    public Setup httpLimits(String yaml) {
        httpLimits = yaml;
        return this;
    }

    /** A webhook with this name on this machine. */
    public Setup webhook(String name, int port) {
        return with(
                "webhooks: { %s: { url: \"http://127.0.0.1:%d/hook\", secret: sixteen-characters-at-least, allowPrivate: true } }%n"
                        .formatted(name, port));
    }

    /** Mails are checked, and this name server is asked. */
    public Setup checks(int dnsPort, String yaml) {
        checks = "dns: { servers: [\"127.0.0.1:%d\"], timeout: 2s }%n%s".formatted(dnsPort, yaml);
        return this;
    }

    /** This name server is asked, and no mail is checked. */
    public Setup unchecked(int dnsPort) {
        return checks(dnsPort, "checks: { spf: off, dkim: off, dmarc: off, arc: off, reverseName: off }\n");
    }

    /** Further top-level keys of the configuration. */
    public Setup with(String yaml) {
        more += yaml;
        return this;
    }

    public Setup write() throws IOException {
        Files.createDirectories(folder.resolve("rules"));
        Files.writeString(
                config(),
                """
                hostname: %s
                data: %s
                domains: [%s]
                http: { address: "127.0.0.1:%d", url: "http://127.0.0.1:%d", limits: %s }
                rules: rules/*.yaml
                retry: { first: 300ms, factor: 1.5, max: 3s, giveUpAfter: 1d }
                """.formatted(hostname, data(), domains, httpPort, httpPort, httpLimits)
                        + smtp
                        + checks
                        + objects
                        + more);
        return this;
    }

    /** Writes the active rule set the way editors save: a new file renamed over the old one. */
    public Setup rules(String yaml) throws IOException {
        Files.createDirectories(folder.resolve("rules"));
        Path temporary = folder.resolve("rules").resolve("main.yaml.tmp");
        Files.writeString(temporary, yaml);
        Files.move(
                temporary,
                folder.resolve("rules").resolve("main.yaml"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
        return this;
    }

    public ServerProcess start(String... javaOptions) throws IOException {
        return ServerProcess.start(config(), smtpPort, log(), javaOptions);
    }
}
