package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.server.support.Setup;
import io.waypost.server.support.Waypost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot start says why, one line a fault, and ends with exit code 1. */
class StartFaultsTest {

    private static final String RULES =
            "name: main\nactive: true\nrules: [ { name: keep, actions: [ { s3: { bucket: mail } } ] } ]\n";

    @TempDir
    Path folder;

    private List<String> faults(Path config) throws Exception {
        Waypost ran = Waypost.run(folder, Map.of(), "serve", "--config", config.toString());
        assertThat(ran.out()).isEmpty();
        assertThat(ran.exitCode()).isOne();
        // The program's own log stands there as well; it has a time in front, and nothing to complain about.
        assertThat(ran.err()).doesNotContain(" WARN ", " ERROR ", "\tat ");
        return ran.err()
                .lines()
                .filter(line -> !line.matches("\\d{4}-\\S+ INFO .*"))
                .toList();
    }

    private Setup setup() throws IOException {
        return new Setup(folder).rules(RULES);
    }

    @Test
    void theConfigurationIsMissing() throws Exception {
        assertThat(faults(folder.resolve("none.yaml"))).containsExactly(folder + "/none.yaml:1: there is no such file");
    }

    /** File and line of the first line with this text. */
    private static String at(Setup setup, String text) throws IOException {
        List<String> lines = Files.readAllLines(setup.config());
        int line = 0;
        while (!lines.get(line).contains(text)) {
            line++;
        }
        return setup.config() + ":" + (line + 1);
    }

    @Test
    void theConfigurationHasFaults() throws Exception {
        Setup setup = setup().with("hostnam: x\nhistory: long\n").write();
        assertThat(faults(setup.config()))
                .containsExactly(
                        at(setup, "hostnam:") + ": unknown key 'hostnam'; did you mean 'hostname'?",
                        at(setup, "history:")
                                + ": 'history': 'long' is not a duration; write a number and a unit: 250ms, 10s, 5m, 1h or 3d");
    }

    @Test
    void theDataFolderCannotBeMade() throws Exception {
        Setup setup = setup().write();
        Files.writeString(setup.data(), "a file where the folder shall be");
        assertThat(faults(setup.config()))
                .containsExactly("the data folder %1$s cannot be used: %1$s is there and is not a folder"
                        .formatted(setup.data()));
    }

    @Test
    void theObjectsFolderCannotBeMade() throws Exception {
        Path file = Files.writeString(folder.resolve("objects"), "a file where the folder shall be");
        Setup setup = setup().with("objects: { folder: %s }%n".formatted(file)).write();
        assertThat(faults(setup.config()))
                .containsExactly(
                        "the object folder %1$s cannot be used: %1$s is there and is not a folder".formatted(file));
    }

    @Test
    void theLogOfMailsCannotBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("log"), "a file where the folder shall be");
        Setup setup = setup().with("mailLog: { file: %s/mail.jsonl }%n".formatted(file))
                .write();
        assertThat(faults(setup.config()))
                .containsExactly("the log of mails %1$s/mail.jsonl cannot be written: %1$s is there and is not a folder"
                        .formatted(file));
    }

    @Test
    void anotherProgramHasTheSmtpPort() throws Exception {
        Setup setup = setup().write();
        try (ServerSocket taken = new ServerSocket(setup.smtpPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(faults(setup.config()))
                    .containsExactly("cannot start: SMTP cannot listen on 127.0.0.1:%d: Address already in use"
                            .formatted(taken.getLocalPort()));
        }
    }

    @Test
    void anotherProgramHasTheHttpPort() throws Exception {
        Setup setup = setup().write();
        try (ServerSocket taken = new ServerSocket(setup.httpPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(faults(setup.config()))
                    .containsExactly("cannot start: HTTP cannot listen on 127.0.0.1:%d: Address already in use"
                            .formatted(taken.getLocalPort()));
        }
    }

    @Test
    void theCertificateIsMissing() throws Exception {
        Setup setup = setup().smtp("smtp: { certificate: { chain: chain.pem, key: key.pem } }\n")
                .write();
        assertThat(faults(setup.config()))
                .containsExactly(
                        "%s:7: 'chain': there is no readable file %s/chain.pem".formatted(setup.config(), folder),
                        "%s:7: 'key': there is no readable file %s/key.pem".formatted(setup.config(), folder));
    }

    @Test
    void theCertificateIsNone() throws Exception {
        Files.writeString(folder.resolve("chain.pem"), "no certificate");
        Files.writeString(folder.resolve("key.pem"), "no key");
        Setup setup = setup().smtp("smtp: { certificate: { chain: chain.pem, key: key.pem } }\n")
                .write();
        assertThat(faults(setup.config()))
                .containsExactly("cannot start: no usable certificate chain in %s/chain.pem: No certificate data found"
                        .formatted(folder));
    }

    @Test
    void theAuthoritiesAreMissing() throws Exception {
        Setup setup = setup().with("outbound: { trust: trust.pem }\n").write();
        assertThat(faults(setup.config()))
                .containsExactly(
                        at(setup, "trust:") + ": 'trust': there is no readable file %s/trust.pem".formatted(folder));
    }

    @Test
    void theAuthoritiesAreNone() throws Exception {
        Files.writeString(folder.resolve("trust.pem"), "no certificate");
        Setup setup = setup().with("outbound: { trust: trust.pem }\n").write();
        assertThat(faults(setup.config()))
                .singleElement()
                .asString()
                .startsWith("outbound.trust: no usable certificates in %s/trust.pem: ".formatted(folder));
    }

    @Test
    void aRuleFileHasFaults() throws Exception {
        Setup setup = setup().rules("name: main\nactive: yes\nrules: [ { nome: a } ]\n")
                .write();
        assertThat(faults(setup.config()))
                .containsExactly(
                        "rules/main.yaml:3: 'name' is missing; it has no default",
                        "rules/main.yaml:3: a rule needs 'actions'; to take mail and keep nothing of it on purpose, write '- stop: ruleSet'",
                        "rules/main.yaml:3: unknown key 'nome'; did you mean 'name'?");
    }

    @Test
    void endpointsHaveFaults() throws Exception {
        Setup setup = setup().with(
                        "endpoints: { queue: \"kafca:inbound\" }\ntopics: { t: [ { camel: \"seda:x\" } ] }\n")
                .write();
        assertThat(faults(setup.config()))
                .containsExactly(
                        at(setup, "kafca")
                                + ": 'queue': there is no Camel component 'kafca'; put its jar (mostly camel-kafca-4.18.0.jar) and what it needs into ext/",
                        at(setup, "seda")
                                + ": 'camel': 'seda' keeps messages in memory only, a crash would lose mail; use an endpoint that stores or delivers");
    }

    @Test
    void theKeyThatSignsEnvelopesIsDamaged() throws Exception {
        Setup setup = setup().write();
        Path keys = Files.createDirectories(setup.data().resolve("keys"));
        Files.writeString(keys.resolve("topic-signing.sealed"), "not sealed");
        assertThat(faults(setup.config())).singleElement().asString().startsWith("cannot start: ");
    }

    @Test
    void anotherServerHasTheDataFolder() throws Exception {
        Setup first = setup().write();
        Setup second = new Setup(Files.createDirectories(folder.resolve("second")));
        try (Server server = InProcess.start(first)) {
            second.rules(RULES).write();
            Files.writeString(
                    second.config(),
                    Files.readString(second.config()).replace("data: " + second.data(), "data: " + first.data()));
            assertThat(faults(second.config()))
                    .containsExactly("the data folder %s is in use by another Waypost server".formatted(first.data()));
            assertThat(server.smtpAddresses()).isNotEmpty();
        }
    }
}
