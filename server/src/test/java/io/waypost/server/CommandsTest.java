package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.server.support.HookSink;
import io.waypost.server.support.Ports;
import io.waypost.server.support.Sender;
import io.waypost.server.support.Setup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does from the command line, beside a running server and without one. */
class CommandsTest {

    private static final byte[] MESSAGE =
            "From: <alice@sender.test>\r\nSubject: A printer\r\n\r\non fire\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String RULES = """
            name: main
            active: true
            rules:
              - name: large
                recipients: [help@example.test]
                when: { size: { above: 1MB } }
                actions: [ { reject: { code: 552, status: 5.3.4, message: "Too large" } } ]
              - name: tickets
                recipients: [help@example.test]
                actions:
                  - addHeader: { name: X-Queue, value: tickets }
                  - webhook: { to: desk, format: raw }
                  - s3: { bucket: mail, prefix: tickets/ }
              - name: night
                enabled: false
                actions: [ { s3: { bucket: night } } ]
            """;

    @TempDir
    Path folder;

    private Setup setup(int hookPort) throws IOException {
        return new Setup(folder).webhook("desk", hookPort).rules(RULES).write();
    }

    private static String[] with(Setup setup, String... words) {
        String[] all = List.of(words).toArray(new String[words.length + 2]);
        all[words.length] = "--config";
        all[words.length + 1] = setup.config().toString();
        return all;
    }

    @Test
    void explainTellsOfEveryRuleAndDoesNothing() throws Exception {
        Setup setup = setup(Ports.free());
        Path mail = Files.write(folder.resolve("mail.eml"), MESSAGE);

        Ran ran = Ran.command(
                with(setup, "explain", mail.toString(), "--to", "help@example.test", "--to", "x@else.test"));

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines())
                .containsExactly(
                        "rule set main",
                        "  RCPT help@example.test: taken",
                        "  RCPT x@else.test: 550 5.7.1 Relaying denied: not a domain of this server",
                        "  large: when: size above 1MB: does not hold",
                        "  tickets: matches help@example.test",
                        "      0  addHeader X-Queue: tickets",
                        "      1  webhook to webhook:desk",
                        "      2  s3 to s3:mail as tickets/MESSAGE-ID",
                        "  night: disabled",
                        "the mail is accepted; 1 rule is carried out");
        assertThat(setup.data()).doesNotExist();
    }

    @Test
    void sendIsTracedWithEveryRule() throws Exception {
        int hookPort = Ports.free();
        Setup setup = setup(hookPort);
        try (HookSink desk = new HookSink(hookPort);
                Server server = InProcess.start(setup)) {
            Ran sent = Ran.command(with(setup, "send", "--to", "help@example.test"));
            assertThat(sent.err()).isEmpty();
            assertThat(sent.exitCode()).isZero();
            assertThat(sent.out()).startsWith("250 2.0.0 ").endsWith(" --config %s%n".formatted(setup.config()));
            String id = Sender.idOf(sent.out().lines().findFirst().orElseThrow());
            InProcess.awaitSettled(setup);

            Ran trace = Ran.command(with(setup, "trace", id));
            assertThat(trace.exitCode()).isZero();
            assertThat(trace.out().replaceAll("[\\d-]+ [\\d:.]+ UTC", "TIME").replaceAll("[\\d,]+ ms", "N ms"))
                    .matches("""
                            %1$s  received, accepted TIME, \\d+ bytes
                              from     <test@sender.example>
                              to       help@example.test
                              client   127.0.0.1, ESMTP as localhost, no TLS
                              rules    main@1
                              \\+ tickets matched for help@example.test: completed
                                  TIME  action 1  webhook:desk             try 1  N ms  done: answered 200
                                  TIME  action 2  s3:mail                  try 1  N ms  done: stored as mail/tickets/%1$s, \\d+ bytes
                              - large did not match: when: size above 1MB: does not hold
                              settled TIME
                            """.formatted(id));
        }
    }

    @Test
    void aRefusedMailFailsTheCommandWithTheReply() throws Exception {
        Setup setup = setup(Ports.free());
        try (Server server = InProcess.start(setup)) {
            Ran sent = Ran.command(with(setup, "send", "--to", "nobody@example.test"));
            assertThat(sent.exitCode()).isOne();
            assertThat(sent.out()).isEmpty();
            assertThat(sent.err()).isEqualTo("waypost: refused: 550 5.1.1 No such recipient here%n".formatted());
        }
        Ran nobody = Ran.command(with(setup, "send", "--to", "help@example.test"));
        assertThat(nobody.exitCode()).isOne();
        assertThat(nobody.err())
                .startsWith("waypost: 127.0.0.1:%d does not take it now: cannot connect".formatted(setup.smtpPort()));
    }

    @Test
    void deadEffectsAreListedShownReplayedAndDroppedBesideTheServer() throws Exception {
        int hookPort = Ports.free();
        Setup setup = setup(hookPort);
        try (HookSink desk = new HookSink(hookPort);
                Server server = InProcess.start(setup)) {
            desk.behave(() -> HookSink.Answer.GONE_410);
            String first = send(setup);
            String second = send(setup);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> InProcess.figures(setup).dead() == 2);

            Ran list = Ran.command(with(setup, "dead", "list"));
            assertThat(list.exitCode()).isZero();
            List<String> lines = list.out().lines().toList();
            assertThat(lines).hasSize(3).last().isEqualTo("2 dead effects");
            String replayed = lines.getFirst().split(" ")[0];
            String dropped = lines.get(1).split(" ")[0];
            assertThat(replayed).isEqualTo(first + "/main@1/tickets/1");
            assertThat(dropped).isEqualTo(second + "/main@1/tickets/1");
            assertThat(lines.getFirst()).matches("\\S+  dead for \\d+ s  after 1 try  answered 410");
            assertThat(Ran.command(with(setup, "dead", "show", replayed)).out())
                    .startsWith(first + "  received, ")
                    .contains("+ tickets matched for help@example.test: DEAD at action 1 since ")
                    .contains("failed for good: answered 410")
                    .endsWith("not settled: its bytes are kept" + System.lineSeparator());

            desk.behave(() -> HookSink.Answer.OK);
            Ran replay = Ran.command(with(setup, "dead", "replay", replayed));
            assertThat(replay).isEqualTo(new Ran(0, "replayed %s%n".formatted(replayed), ""));
            await().atMost(Duration.ofSeconds(20)).until(() -> desk.taken().containsKey(replayed));
            assertThat(new String(desk.taken().get(replayed).getFirst(), StandardCharsets.US_ASCII))
                    .startsWith("X-Queue: tickets\r\n")
                    .endsWith("on fire\r\n");

            Ran drop = Ran.command(with(setup, "dead", "drop", dropped));
            assertThat(drop).isEqualTo(new Ran(0, "dropped %s%n".formatted(dropped), ""));
            InProcess.awaitSettled(setup);
            assertThat(Ran.trace(setup, second)).contains("dropped", "settled ");
            assertThat(desk.taken()).containsOnlyKeys(replayed);
            assertThat(setup.data().resolve("objects/mail/tickets/" + first)).exists();
            assertThat(setup.data().resolve("objects/mail/tickets/" + second)).doesNotExist();
            assertThat(Ran.command(with(setup, "dead", "list")).out())
                    .isEqualTo("0 dead effects" + System.lineSeparator());
            assertThat(Ran.command(with(setup, "dead", "replay", dropped)))
                    .isEqualTo(new Ran(1, "", "waypost: there is no dead effect %s%n".formatted(dropped)));
        }
    }

    private static String send(Setup setup) throws IOException {
        try (Sender sender = new Sender(setup.smtpPort())) {
            return Sender.idOf(sender.send("alice@sender.test", "help@example.test", MESSAGE));
        }
    }

    @Test
    void withoutAStoreTheCommandsSayThatThereIsNone() throws Exception {
        Setup setup = setup(Ports.free());
        String none = "waypost: there is no store in %s%n".formatted(setup.data());

        assertThat(Ran.command(with(setup, "dead", "list"))).isEqualTo(new Ran(1, "", none));
        assertThat(Ran.command(with(setup, "trace", "0".repeat(40)))).isEqualTo(new Ran(1, "", none));
        assertThat(setup.data()).doesNotExist();

        InProcess.start(setup).close();
        assertThat(Ran.command(with(setup, "dead", "list")))
                .isEqualTo(new Ran(0, "0 dead effects" + System.lineSeparator(), ""));
        assertThat(Ran.command(with(setup, "dead", "replay", "--all")))
                .isEqualTo(new Ran(0, "there are no dead effects" + System.lineSeparator(), ""));
        assertThat(Ran.command(with(setup, "dead", "replay")).exitCode()).isEqualTo(2);
        assertThat(Ran.command(with(setup, "dead", "drop", "nonsense")))
                .isEqualTo(new Ran(
                        1,
                        "",
                        "waypost: not an effect key (message/ruleSet@version/rule/action): nonsense%n".formatted()));
        assertThat(Ran.command(with(setup, "trace", "nonsense")))
                .isEqualTo(
                        new Ran(1, "", "waypost: not a message id (40 characters of 0-9a-v): nonsense%n".formatted()));
        assertThat(Ran.command(with(setup, "trace", "0".repeat(40))).err())
                .startsWith("waypost: there is no mail " + "0".repeat(40) + " in ");
    }
}
