package io.waypost.store.contract;

import static io.waypost.store.contract.Samples.NOON;
import static io.waypost.store.contract.Samples.accept;
import static io.waypost.store.contract.Samples.acceptance;
import static io.waypost.store.contract.Samples.bytes;
import static io.waypost.store.contract.Samples.draft;
import static io.waypost.store.contract.Samples.id;
import static io.waypost.store.contract.Samples.plan;
import static io.waypost.store.contract.Samples.read;
import static io.waypost.store.contract.Samples.transferred;
import static io.waypost.store.contract.Samples.withTrace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Outcome;
import io.waypost.message.Plan;
import io.waypost.message.Plan.PlannedRun;
import io.waypost.message.Recipient;
import io.waypost.message.ReversePath;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.Spool;
import io.waypost.message.port.Spool.Acceptance;
import io.waypost.message.port.Spool.Committed;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Spool} must do. */
public interface SpoolContract {

    Spool spool();

    Ledger ledger();

    /** Ends the process, so to speak, and begins another on the same data. */
    void restart() throws IOException;

    @Test
    default void a_publication_has_no_recipients_and_stays_one() throws IOException {
        Plan plan = new Plan(
                Samples.RULES,
                List.of(new Plan.PlannedRun("subscriber", List.of(), OptionalInt.empty(), "subscription:a")),
                Map.of());
        Mail mail;
        try (Draft draft = Samples.draft(spool(), bytes(100, 1))) {
            mail = spool().commit(
                            new Acceptance(
                                    Samples.id(NOON),
                                    Line.TOPIC,
                                    NOON,
                                    Envelope.none(Client.local("mx.example.com")),
                                    new byte[0],
                                    plan,
                                    Optional.of("notify/a")),
                            draft)
                    .mail();
        }
        restart();
        assertThat(ledger().claim(NOON, 10, Set.of())).singleElement().satisfies(run -> {
            assertThat(run.mail()).isEqualTo(mail);
            assertThat(run.mail().line()).isEqualTo(Line.TOPIC);
            assertThat(run.mail().envelope().to()).isEmpty();
        });
    }

    @Test
    default void mail_has_recipients() {
        Envelope nobody = Envelope.none(Client.local("mx.example.com"));
        assertThatThrownBy(() -> new Acceptance(
                        Samples.id(NOON), Line.INBOUND, NOON, nobody, new byte[0], plan("hook:a"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10_000, 65_536, 1_048_576, 1_048_577, 5_000_000})
    default void content_reads_as_it_was_written_with_the_trace_fields_on_top(int size) throws IOException {
        byte[] content = bytes(size, size);
        Mail mail = accept(spool(), NOON, content, "hook:a").mail();
        assertThat(mail.size()).isEqualTo(withTrace(content).length);
        MessageContent stored = spool().content(mail.id());
        assertThat(stored.size()).isEqualTo(mail.size());
        assertThat(read(stored)).isEqualTo(withTrace(content));
        assertThat(transferred(stored)).isEqualTo(withTrace(content));
        restart();
        assertThat(read(spool().content(mail.id()))).isEqualTo(withTrace(content));
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 3_000_000})
    default void content_is_transferred_into_a_file(int size, @TempDir Path folder) throws IOException {
        byte[] content = bytes(size, 5);
        Mail mail = accept(spool(), NOON, content, "hook:a").mail();
        Path file = folder.resolve("object");
        try (FileChannel target = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            spool().content(mail.id()).transferTo(target);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(withTrace(content));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 8192, 70_000})
    default void a_draft_takes_pieces_of_any_size_and_is_readable_before_its_commit(int piece) throws IOException {
        byte[] content = bytes(1_300_000, piece);
        try (Draft draft = spool().draft(-1)) {
            for (int at = 0; at < content.length; at += piece) {
                draft.write(content, at, Math.min(piece, content.length - at));
            }
            assertThat(draft.size()).isEqualTo(content.length);
            assertThat(read(draft)).isEqualTo(content);
            assertThat(transferred(draft)).isEqualTo(content);
            Mail mail = spool().commit(acceptance(id(NOON), NOON, plan("hook:a")), draft)
                    .mail();
            assertThat(read(spool().content(mail.id()))).isEqualTo(withTrace(content));
        }
    }

    @Test
    default void a_declared_size_is_only_a_hint() throws IOException {
        byte[] content = bytes(50_000, 9);
        for (long declared : new long[] {-1, 0, 1, 49_999, 50_001, 10_000_000}) {
            try (Draft draft = spool().draft(declared)) {
                draft.write(content, 0, content.length);
                Mail mail = spool().commit(acceptance(id(NOON), NOON, plan("hook:a")), draft)
                        .mail();
                assertThat(read(spool().content(mail.id()))).isEqualTo(withTrace(content));
            }
        }
    }

    @Test
    default void the_array_given_to_a_draft_may_be_used_again() throws IOException {
        byte[] array = {1, 2, 3};
        try (Draft draft = spool().draft(-1)) {
            draft.write(array, 0, 3);
            array[0] = 9;
            draft.write(array, 0, 1);
            assertThat(read(draft)).containsExactly(1, 2, 3, 9);
        }
    }

    @Test
    default void a_closed_draft_leaves_nothing_and_may_be_closed_again() throws IOException {
        Draft draft = draft(spool(), bytes(2_000_000, 1));
        draft.close();
        draft.close();
        assertThat(ledger().figures(NOON).unsettled()).isZero();
        assertThatThrownBy(() -> spool().commit(acceptance(id(NOON), NOON, plan("hook:a")), draft))
                .isInstanceOf(IOException.class);
    }

    @Test
    default void a_committed_draft_is_spent() throws IOException {
        try (Draft draft = draft(spool(), bytes(100, 1))) {
            Mail mail = spool().commit(acceptance(id(NOON), NOON, plan("hook:a")), draft)
                    .mail();
            assertThatThrownBy(() -> spool().commit(acceptance(id(NOON), NOON, plan("hook:a")), draft))
                    .isInstanceOf(IOException.class);
            draft.close();
            assertThat(read(spool().content(mail.id()))).hasSize((int) mail.size());
        }
    }

    @Test
    default void everything_of_envelope_and_plan_is_kept() throws IOException {
        Envelope envelope = new Envelope(
                ReversePath.NULL,
                List.of(
                        new Recipient(
                                EmailAddress.of("\"a@b\"@example.com"),
                                Set.of(Recipient.Notify.FAILURE, Recipient.Notify.DELAY),
                                Optional.of("rfc822;x+40y")),
                        Recipient.of(EmailAddress.of("ü@[IPv6:2001:db8::1]"))),
                new Client(
                        InetAddress.ofLiteral("2001:db8::25"),
                        65535,
                        "[192.0.2.1]",
                        "UTF8SMTPS",
                        Optional.of(new Client.Tls("TLSv1.3", "TLS_AES_128_GCM_SHA256"))),
                Envelope.Body.SEVEN_BIT,
                true,
                Optional.of("QQ314159"),
                Optional.of(Envelope.DsnReturn.HDRS));
        Plan plan = new Plan(
                Samples.RULES,
                List.of(
                        new PlannedRun(
                                "first", List.of(envelope.addresses().get(1)), OptionalInt.empty(), "hook:\"quoted\""),
                        new PlannedRun(
                                "second", List.of(EmailAddress.of("other@example.com")), OptionalInt.of(0), "s3:mail")),
                Map.of("third", "size is not below 20MB"));
        MessageId id = id(NOON);
        Verdicts verdicts = Samples.verdicts();
        Acceptance acceptance =
                new Acceptance(id, Line.OUTBOUND, NOON, envelope, new byte[0], plan, verdicts, Optional.empty());
        Mail mail;
        try (Draft draft = draft(spool(), bytes(10, 1))) {
            mail = spool().commit(acceptance, draft).mail();
        }
        assertThat(mail).isEqualTo(new Mail(id, Line.OUTBOUND, NOON, envelope, 10, plan, verdicts));
        restart();
        assertThat(ledger().story(id).orElseThrow().mail()).isEqualTo(mail);
        assertThat(ledger().claim(NOON, 10, Set.of()))
                .containsExactly(
                        new Run(mail, 0, new RunState.Ready(0, 0, NOON, NOON, "hook:\"quoted\""), OptionalInt.empty()));
    }

    @Test
    default void runs_that_wait_for_none_are_returned_and_claimed_by_the_caller() throws IOException {
        Plan plan = new Plan(
                Samples.RULES,
                List.of(
                        new PlannedRun("a", List.of(), OptionalInt.empty(), "hook:a"),
                        new PlannedRun("b", List.of(), OptionalInt.of(0), "hook:b"),
                        new PlannedRun("c", List.of(), OptionalInt.empty(), "hook:c")),
                Map.of());
        Committed committed;
        try (Draft draft = draft(spool(), bytes(10, 1))) {
            committed = spool().commit(acceptance(id(NOON), NOON, plan), draft);
        }
        MessageId id = committed.mail().id();
        assertThat(committed.ready()).extracting(Run::key).containsExactly(new RunKey(id, 0), new RunKey(id, 2));
        assertThat(ledger().claim(NOON, 10, Set.of())).isEmpty();
        assertThat(ledger().states(id).get(1)).isEqualTo(new RunState.Waiting(0));
    }

    @Test
    default void a_mail_with_nothing_to_do_is_settled_at_once() throws IOException {
        Committed committed = accept(spool(), NOON, bytes(3_000_000, 1));
        assertThat(committed.ready()).isEmpty();
        assertThat(ledger().story(committed.mail().id()).orElseThrow().settledAt())
                .isPresent();
        assertThatThrownBy(() -> spool().content(committed.mail().id())).isInstanceOf(IOException.class);
    }

    @Test
    default void unknown_mail_has_no_content_and_no_revision() throws IOException {
        MessageId unknown = id(NOON);
        assertThatThrownBy(() -> spool().content(unknown)).isInstanceOf(IOException.class);
        assertThat(spool().revision(new RunKey(unknown, 0))).isEmpty();
    }

    @Test
    default void a_known_repeat_key_is_answered_with_the_known_mail() throws IOException {
        byte[] content = bytes(100, 1);
        Mail first = acceptWithKey(content, "dsn-1").mail();
        Committed second = acceptWithKey(bytes(2_000_000, 2), "dsn-1");
        assertThat(second).isEqualTo(new Committed(first, List.of()));
        assertThat(acceptWithKey(content, "dsn-2").mail().id()).isNotEqualTo(first.id());
        restart();
        assertThat(acceptWithKey(content, "dsn-1").mail()).isEqualTo(first);
        assertThat(ledger().figures(NOON).unsettled()).isEqualTo(2);
        assertThat(read(spool().content(first.id()))).isEqualTo(withTrace(content));
    }

    @Test
    default void a_repeat_key_is_known_for_as_long_as_history_is_kept() throws Exception {
        Committed first = acceptWithKey(bytes(100, 1), "dsn-1");
        RunKey run = first.ready().getFirst().key();
        ledger().record(Ledger.Entry.of(
                        Samples.attempt(run.message(), 0, 1, NOON, Outcome.done("ok")),
                        run,
                        new RunState.Done(RunState.How.COMPLETED)))
                .get();
        assertThat(acceptWithKey(bytes(100, 1), "dsn-1").mail()).isEqualTo(first.mail());
        ledger().forgetSettledBefore(Instant.MAX, Instant.MAX);
        assertThat(acceptWithKey(bytes(100, 1), "dsn-1").mail()).isNotEqualTo(first.mail());
    }

    private Committed acceptWithKey(byte[] content, String key) throws IOException {
        try (Draft draft = draft(spool(), content)) {
            return spool().commit(
                            new Acceptance(
                                    id(NOON),
                                    Line.OUTBOUND,
                                    NOON,
                                    Samples.envelope(),
                                    Samples.TRACE,
                                    plan("smtp:x"),
                                    Optional.of(key)),
                            draft);
        }
    }

    @Test
    default void many_sessions_commit_at_once_and_each_finds_its_own_bytes() throws Exception {
        try (ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Mail>> tasks = IntStream.range(0, 300)
                    .<Callable<Mail>>mapToObj(i -> () -> accept(spool(), NOON, bytes(1000 + i * 37, i), "hook:a")
                            .mail())
                    .toList();
            List<Future<Mail>> mails = sessions.invokeAll(tasks);
            for (int i = 0; i < mails.size(); i++) {
                byte[] stored = read(spool().content(mails.get(i).get().id()));
                assertThat(stored).isEqualTo(withTrace(bytes(1000 + i * 37, i)));
            }
        }
        assertThat(ledger().figures(NOON).unsettled()).isEqualTo(300);
    }
}
