package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.api.secret.Sealing;
import io.waypost.config.ConfigLoader;
import io.waypost.config.WaypostConfig;
import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import io.waypost.message.port.MailLog;
import io.waypost.server.support.Http;
import io.waypost.server.support.Ports;
import io.waypost.server.support.Postfix;
import io.waypost.server.support.RecordingSender;
import io.waypost.server.support.Sender;
import io.waypost.server.support.ServerProcess;
import io.waypost.server.support.Setup;
import io.waypost.smtp.Routing;
import io.waypost.smtp.SessionObserver;
import io.waypost.smtp.checks.Examiner;
import io.waypost.smtp.checks.client.ClientChecks;
import io.waypost.smtp.checks.client.ClientSettings;
import io.waypost.smtp.checks.client.IpFilters;
import io.waypost.smtp.listener.SmtpServer;
import io.waypost.store.EmbeddedStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications hand in mail with the clients they have: Python's smtplib, Postfix, and octets of our own. */
class SubmissionTest {

    private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
    private static final String WEST = "BF2PynzbSCAjX08zhZZnP/kW+T9P5zs/1Er0pi5vTEmd";
    private static final String EAST = "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9";

    @TempDir
    Path folder;

    private final int starttls = Ports.free();
    private final int implicit = Ports.free();
    private final RecordingSender sender = new RecordingSender();
    private Setup setup;

    @BeforeEach
    void write() throws IOException {
        setup = new Setup(folder)
                .rules("name: main\nactive: true\nrules: []\n")
                .with("""
                        submission:
                          listeners:
                            - { address: "127.0.0.1:%d", tls: starttls }
                            - { address: "127.0.0.1:%d", tls: implicit }
                        accounts:
                          - { id: "123456789012", keys: [ { id: %s, secret: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY } ] }
                        ses: { regions: [us-east-1, us-west-2] }
                        """.formatted(starttls, implicit, KEY))
                .write();
    }

    private interface Use {
        void of(EmbeddedStore store) throws Exception;
    }

    /** The listeners as the server wires them, and behind them the store and a sender that remembers. */
    private void serving(Use use) throws Exception {
        WaypostConfig config =
                ConfigLoader.load(setup.config(), Map.of()).config().orElseThrow();
        Clock clock = Clock.systemUTC();
        try (EmbeddedStore store = Storage.store(config, clock);
                SmtpServer server = SmtpServer.start(
                        SmtpWiring.settings(config),
                        store.spool(),
                        nobodyAsks(),
                        SubmissionWiring.of(
                                config,
                                store.settings(),
                                new Sealing(config.data(), new SecureRandom()),
                                sender,
                                clock),
                        MailLog.NONE,
                        SessionObserver.NONE,
                        new ClientChecks(
                                new ClientSettings(true, List.of(), false, Duration.ofSeconds(1)),
                                IpFilters.NONE,
                                io.waypost.message.port.Dns.none()),
                        Examiner.NONE,
                        clock,
                        new SecureRandom())) {
            use.of(store);
            assertThat(server.stop(Duration.ofSeconds(10))).isTrue();
        }
        assertNoDraftIsLeft();
    }

    private static Routing nobodyAsks() {
        return (Routing) Proxy.newProxyInstance(
                Routing.class.getClassLoader(), new Class<?>[] {Routing.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("rules are asked about a submission: " + method);
                });
    }

    private void assertNoDraftIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(setup.data().resolve("content"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".mail"))).isEmpty();
        }
    }

    private static String plain(String user, String password) {
        return "AUTH PLAIN "
                + Base64.getEncoder()
                        .encodeToString(("\0" + user + "\0" + password).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void thePasswordSaysWhoseMailItIsAndInWhichRegion() throws Exception {
        serving(store -> {
            try (Sender client = Sender.implicitTls(implicit)) {
                assertThat(client.command(plain(KEY, EAST))).isEqualTo("235 Authentication successful.");
                assertThat(client.send(
                                "app@example.test",
                                "a@far.test",
                                "Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII)))
                        .matches("250 Ok 0100[0-9a-f]{12}-[0-9a-f-]{36}-000000");
            }
            try (Sender client = new Sender(starttls)) {
                assertThat(client.command("MAIL FROM:<app@example.test>")).startsWith("530 Must issue a STARTTLS");
                client.startTls();
                assertThat(client.command("MAIL FROM:<app@example.test>")).isEqualTo("530 Authentication required");
                assertThat(client.command(plain(KEY, "wrong"))).isEqualTo("535 Authentication Credentials Invalid");
                assertThat(client.command(plain(KEY, WEST))).isEqualTo("235 Authentication successful.");
                assertThat(client.send(
                                "app@example.test",
                                "a@far.test",
                                "Subject: y\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII)))
                        .startsWith("250 Ok 0101");
            }
            assertThat(sender.handed)
                    .extracting(handed -> handed.request().scope())
                    .containsExactly(new Scope("123456789012", "us-east-1"), new Scope("123456789012", "us-west-2"));
        });
    }

    @Test
    void aKeyThatIsMadeAndDeletedBesideTheServer() throws Exception {
        serving(store -> {
            String config = setup.config().toString();
            String said = Ran.command("keys", "create", "--config", config).out();
            String user = said.replaceAll("(?s).*SMTP_USERNAME=(\\S+).*", "$1");
            String password = said.replaceAll("(?s).*region us-west-2.*SMTP_PASSWORD=(\\S+).*", "$1");
            try (Sender client = Sender.implicitTls(implicit)) {
                assertThat(client.command(plain(user, password))).startsWith("235");
                assertThat(Ran.command("keys", "delete", user, "--config", config)
                                .exitCode())
                        .isZero();
                await().atMost(Duration.ofSeconds(10))
                        .pollInterval(Duration.ofMillis(200))
                        .until(() -> {
                            String reply = client.command("MAIL FROM:<app@example.test>");
                            client.command("RSET");
                            return reply.equals("530 Authentication required");
                        });
                assertThat(client.command(plain(user, password))).startsWith("535");
            }
        });
    }

    @Test
    void smtplibOfPython() throws Exception {
        serving(store -> {
            String script = Path.of("src/test/resources/clients/submitting.py")
                    .toAbsolutePath()
                    .toString();
            Path said = folder.resolve("python.txt");
            Process python = new ProcessBuilder("/usr/bin/python3", script, "" + implicit, "" + starttls, KEY, EAST)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(python.exitValue()).as(Files.readString(said)).isZero();
            assertThat(Files.readString(said)).isEqualTo("""
                    535 Authentication Credentials Invalid
                    in clear: SMTP AUTH extension not supported by server.
                    """);
            assertThat(sender.handed).hasSize(2);
            RecordingSender.Handed first = sender.handed.getFirst();
            assertThat(first.request().source()).contains(EmailAddress.of("app@example.test"));
            assertThat(first.request().destinations())
                    .containsExactly(EmailAddress.of("a@far.test"), EmailAddress.of("b@far.test"));
            assertThat(first.content()).contains("Subject: implicit\r\n", "\r\n.a dot\r\nand ");
            assertThat(sender.handed.getLast().content()).contains("Subject: starttls\r\n");
        });
    }

    @Test
    void postfixWithThisServerAsItsRelay() throws Exception {
        try (Postfix postfix = new Postfix(folder, starttls, """
                smtp_sasl_auth_enable = yes
                smtp_sasl_security_options = noanonymous
                smtp_sasl_password_maps = inline:{ { [127.0.0.1]:%d = %s:%s } }
                """.formatted(starttls, KEY, WEST))) {
            serving(store -> {
                try (Sender client = new Sender(postfix.port())) {
                    client.command("MAIL FROM:<app@example.test> BODY=8BITMIME RET=HDRS ENVID=order-7");
                    client.command("RCPT TO:<a@example.test> NOTIFY=FAILURE");
                    assertThat(client.command("DATA")).startsWith("354");
                    client.write("Subject: relayed\r\n\r\nK\u00e4se\r\n.\r\n".getBytes(StandardCharsets.UTF_8));
                    assertThat(client.reply()).startsWith("250");
                }
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(postfix.log())
                        .contains("to=<a@example.test>")
                        .contains("status=sent (250 Ok 0101"));
                assertThat(sender.handed).singleElement().satisfies(handed -> {
                    assertThat(handed.request().accessKey()).isEqualTo(KEY);
                    assertThat(handed.request().scope().region()).isEqualTo("us-west-2");
                    assertThat(handed.content()).contains("Subject: relayed\r\n", "K\u00e4se\r\n");
                });
            });
        }
    }

    @Test
    void theWholeServerCountsLoginsAndWritesNoSecretDown() throws Exception {
        try (Server server = InProcess.start(setup)) {
            assertThat(server.smtpAddresses()).hasSize(3);
            try (Sender client = Sender.implicitTls(implicit)) {
                assertThat(client.command(plain(KEY, "my-secret-word"))).startsWith("535");
                assertThat(client.command(plain(KEY, WEST))).startsWith("235");
            }
            assertThat(Http.metric(setup.httpPort(), "waypost_submission_logins_total{result=\"refused\"}"))
                    .isEqualTo(1);
            assertThat(Http.metric(setup.httpPort(), "waypost_submission_logins_total{result=\"accepted\"}"))
                    .isEqualTo(1);
            await().untilAsserted(() -> assertThat(Files.readString(setup.data().resolve("log/mail.jsonl")))
                    .contains("\"stage\":\"AUTH\"", "\"reason\":\"wrong-credentials\"", "\"code\":535")
                    .doesNotContain("my-secret-word", WEST));
        }
    }

    @Test
    void manyLargeMailsAtOnceFitASmallHeap() throws Exception {
        int mails = 20;
        byte[] line = ("0123456789abcdef".repeat(60) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (ServerProcess server = setup.start("-Xmx192m", "-XX:+ExitOnOutOfMemoryError");
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            CyclicBarrier together = new CyclicBarrier(mails);
            List<Future<String>> replies = new ArrayList<>();
            for (int mail = 0; mail < mails; mail++) {
                replies.add(clients.submit(() -> {
                    try (Sender client = Sender.implicitTls(implicit)) {
                        client.command(plain(KEY, EAST));
                        client.command("MAIL FROM:<app@example.test> SIZE=39000000");
                        client.command("RCPT TO:<a@far.test>");
                        assertThat(client.command("DATA")).startsWith("354");
                        together.await(60, TimeUnit.SECONDS);
                        for (int size = 0; size < 39_000_000; size += line.length) {
                            client.write(line, 0, line.length);
                        }
                        client.write(".\r\n".getBytes(StandardCharsets.US_ASCII));
                        return client.reply(Duration.ofMinutes(3));
                    }
                }));
            }
            for (Future<String> reply : replies) {
                // Nobody's sender is verified here: what counts is that all of it came, and was judged.
                assertThat(reply.get(4, TimeUnit.MINUTES)).matches("(451|554) .*");
            }
            assertThat(server.isAlive()).isTrue();
            assertThat(server.output()).doesNotContain("OutOfMemory");
            assertThat(server.stop()).isZero();
        }
        assertNoDraftIsLeft();
    }
}
