package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.server.support.HookSink;
import io.waypost.server.support.Http;
import io.waypost.server.support.Ports;
import io.waypost.server.support.Sender;
import io.waypost.server.support.Setup;
import io.waypost.smtp.testing.LocalDns;
import io.waypost.smtp.testing.RealClamd;
import io.waypost.smtp.testing.RealRspamd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole server with a name server, Rspamd and clamd: from the SMTP session to the trace and the metrics. */
@Timeout(300)
class VerdictsTest {

    private static final String RULES = """
            name: main
            active: true
            rules:
              - name: viruses
                when: { virus: FAIL }
                actions: [ { reject: { code: 554, status: 5.7.1, message: "Virus found" } } ]
              - name: spam
                when: { spam: FAIL }
                actions: [ { reject: { code: 550, status: 5.7.1, message: "Spam" } } ]
              - name: strict
                recipients: [strict@example.test]
                when: { any: [ { spf: FAIL }, { dmarc: FAIL } ] }
                actions: [ { reject: { code: 550, status: 5.7.26, message: "Not from who it says" } } ]
              - name: desk
                actions: [ { s3: { bucket: mail } } ]
            """;

    private static LocalDns dns;
    private static RealRspamd rspamd;
    private static RealClamd clamd;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        dns = new LocalDns()
                .txt("sender.test", "v=spf1 ip4:127.0.0.1 -all")
                .txt("_dmarc.sender.test", "v=DMARC1; p=reject")
                .txt("forged.test", "v=spf1 -all")
                .txt("_dmarc.forged.test", "v=DMARC1; p=quarantine")
                .add("sender.test", 60, "A", "192.0.2.1");
        rspamd = new RealRspamd(dns.address());
        rspamd.start();
        clamd = new RealClamd();
        clamd.start();
    }

    @AfterAll
    static void stop() throws Exception {
        clamd.close();
        rspamd.close();
        dns.close();
    }

    private Setup setup(String more) throws Exception {
        return new Setup(folder)
                .checks(dns.address().getPort(), """
                        checks:
                          spam: { rspamd: "%s", onFailure: defer, timeout: 5s }
                          virus: { clamd: "127.0.0.1:%d", onFailure: defer, timeout: 5s }
                          %s
                        """.formatted(rspamd.url(), clamd.port, more))
                .rules(RULES)
                .write();
    }

    private static byte[] mail(String domain, String body) {
        return ("From: Alice <alice@" + domain + ">\r\nTo: help@example.test\r\nSubject: hello\r\n"
                        + "Date: Wed, 25 Nov 2026 12:00:00 +0000\r\nMessage-ID: <1@" + domain
                        + ">\r\nMIME-Version: 1.0\r\n"
                        + "Content-Type: text/plain\r\n"
                        + "Authentication-Results: mx.example.test; spf=pass; dmarc=pass\r\n\r\n" + body + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private String trace(Setup setup, String id) {
        return Ran.command("trace", "--config", setup.config().toString(), id).out();
    }

    @Test
    void verdictsDecideAndAreSeenEverywhere() throws Exception {
        Setup setup = setup("");
        try (Server server = InProcess.start(setup);
                Sender sender = new Sender(setup.smtpPort())) {
            String id = Sender.idOf(
                    sender.send("alice@sender.test", "help@example.test", mail("sender.test", "See you tomorrow.")));
            assertThat(sender.send("alice@sender.test", "help@example.test", mail("sender.test", RealClamd.EICAR)))
                    .isEqualTo("554 5.7.1 Virus found");
            assertThat(sender.send("alice@sender.test", "help@example.test", mail("sender.test", RealRspamd.GTUBE)))
                    .isEqualTo("550 5.7.1 Spam");
            assertThat(sender.send("alice@forged.test", "strict@example.test", mail("forged.test", "Pay this.")))
                    .isEqualTo("550 5.7.26 Not from who it says");
            assertThat(sender.send("alice@forged.test", "help@example.test", mail("forged.test", "Pay this.")))
                    .startsWith("250");

            Path object = setup.data().resolve("objects/mail").resolve(id);
            org.awaitility.Awaitility.await().until(() -> Files.exists(object));
            String stored = Files.readString(object, StandardCharsets.ISO_8859_1);
            assertThat(stored.lines()
                            .takeWhile(line -> !line.startsWith("From:"))
                            .filter(line -> !line.startsWith(" "))
                            .map(line -> line.substring(0, line.indexOf(':'))))
                    .containsExactly(
                            "Return-Path",
                            "Received",
                            "X-SES-Spam-Verdict",
                            "X-SES-Virus-Verdict",
                            "Received-SPF",
                            "Authentication-Results",
                            "X-SES-RECEIPT");
            assertThat(stored).contains("X-SES-Virus-Verdict: PASS", "spf=pass", "dmarc=pass");
            // What the sender wrote in our name is gone.
            assertThat(stored).doesNotContain("mx.example.test; spf=pass; dmarc=pass");

            assertThat(trace(setup, id))
                    .containsPattern("  spf      PASS \\(pass\\), [0-9.]+ ms")
                    .containsPattern("  dmarc    PASS \\(pass\\)")
                    .containsPattern("  dkim     GRAY \\(none\\)")
                    .containsPattern("  virus    PASS \\(clean\\)")
                    .contains("viruses did not match: when: virus FAIL: does not hold");
            assertThat(Http.get(setup.httpPort(), "/metrics").body())
                    .contains("waypost_checks_total{check=\"virus\",verdict=\"fail\"} 1.0")
                    .contains("waypost_checks_total{check=\"spf\",verdict=\"fail\"} 2.0")
                    .contains("waypost_check_duration_seconds_count{check=\"spam\"} 5");
        }
    }

    @Test
    void aScannerThatIsAwayPutsMailOffAndLosesNone() throws Exception {
        Setup setup = setup("");
        try (Server server = InProcess.start(setup);
                Sender sender = new Sender(setup.smtpPort())) {
            byte[] mail = mail("sender.test", "See you tomorrow.");
            clamd.kill();
            assertThat(sender.send("alice@sender.test", "help@example.test", mail))
                    .startsWith("451 4.7.1 Cannot scan for viruses now");
            clamd.start();
            org.awaitility.Awaitility.await()
                    .atMost(java.time.Duration.ofSeconds(60))
                    .until(() -> sender.send("alice@sender.test", "help@example.test", mail)
                            .startsWith("250"));
        }
    }

    @Test
    void inRecordModeEverythingIsNotedAndNothingRefused() throws Exception {
        int hookPort = Ports.free();
        Setup setup = setup("mode: record");
        try (HookSink unused = new HookSink(hookPort);
                Server server = InProcess.start(setup);
                Sender sender = new Sender(setup.smtpPort())) {
            for (String body : List.of(RealClamd.EICAR, RealRspamd.GTUBE)) {
                String id =
                        Sender.idOf(sender.send("alice@forged.test", "strict@example.test", mail("forged.test", body)));
                assertThat(trace(setup, id)).contains("did not match: checks.mode is record: it would have refused");
            }
        }
    }
}
