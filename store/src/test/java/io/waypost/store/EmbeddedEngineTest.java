package io.waypost.store;

import static io.waypost.store.contract.Samples.NOON;
import static io.waypost.store.contract.Samples.accept;
import static io.waypost.store.contract.Samples.acceptance;
import static io.waypost.store.contract.Samples.attempt;
import static io.waypost.store.contract.Samples.bytes;
import static io.waypost.store.contract.Samples.draft;
import static io.waypost.store.contract.Samples.effect;
import static io.waypost.store.contract.Samples.id;
import static io.waypost.store.contract.Samples.plan;
import static io.waypost.store.contract.Samples.read;
import static io.waypost.store.contract.Samples.withTrace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Outcome;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Ledger.Entry;
import io.waypost.message.port.StoreUnavailableException;
import io.waypost.store.contract.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the embedded engine's disk, its neighbours and its history can do to it. */
class EmbeddedEngineTest {

    private static final int SEGMENT = 256 * 1024;
    private static final int THRESHOLD = 64 * 1024;

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private final UnsafeDisk disk = new UnsafeDisk();
    private EmbeddedStore store;

    @BeforeEach
    void open() throws IOException {
        Folders.prepare(folder);
        store = open(1 << 20);
    }

    private EmbeddedStore open(long draftMemory) throws IOException {
        StoreSettings settings = new StoreSettings(folder, draftMemory, THRESHOLD, SEGMENT, 1000);
        return EmbeddedStore.open(settings, Clock.fixed(NOON, ZoneOffset.UTC), disk, CommitHook.NONE);
    }

    @AfterEach
    void close() {
        disk.trouble(UnsafeDisk.Trouble.NONE);
        store.close();
    }

    private void record(RunKey run, RunState state) throws Exception {
        store.ledger()
                .record(Entry.of(attempt(run.message(), 0, 1, NOON, Outcome.done("ok")), run, state))
                .get();
    }

    private void settle(MessageId id) throws Exception {
        record(new RunKey(id, 0), new RunState.Done(RunState.How.COMPLETED));
    }

    private void die(MessageId id) throws Exception {
        record(new RunKey(id, 0), new RunState.Dead(0, 1, NOON, "gone"));
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("content"))) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    @Test
    void a_disk_below_its_reserve_refuses_as_full_and_recovers_by_itself() throws Exception {
        disk.usable(999);
        Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(() -> store.spool().draft(-1))
                        .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.full())
                                .isTrue()));
        disk.usable(1L << 40);
        Awaitility.await().untilAsserted(() -> accept(store.spool(), NOON, bytes(10, 1), "hook:a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"write", "force", "create"})
    void a_failing_disk_refuses_and_recovers_without_a_restart(String operation) throws Exception {
        MessageId before =
                accept(store.spool(), NOON, bytes(100, 1), "hook:a").mail().id();
        disk.trouble((name, file) -> {
            if (name.equals(operation)) {
                throw new IOException("No space left on device");
            }
        });
        List<MessageId> refused = new ArrayList<>();
        for (int size : new int[] {1000, THRESHOLD, THRESHOLD + 1}) {
            MessageId id = id(NOON);
            // New files are not needed while there is a segment.
            if (operation.equals("create") && size <= THRESHOLD) {
                continue;
            }
            assertThatThrownBy(() -> {
                        try (Draft draft = draft(store.spool(), bytes(size, 2))) {
                            store.spool().commit(acceptance(id, NOON, plan("hook:a")), draft);
                        }
                    })
                    .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.full())
                            .isTrue());
            refused.add(id);
        }
        disk.trouble(UnsafeDisk.Trouble.NONE);
        for (int size : new int[] {1000, THRESHOLD, THRESHOLD + 1}) {
            MessageId after =
                    accept(store.spool(), NOON, bytes(size, 3), "hook:a").mail().id();
            assertThat(read(store.spool().content(after))).isEqualTo(withTrace(bytes(size, 3)));
        }
        assertThat(read(store.spool().content(before))).isEqualTo(withTrace(bytes(100, 1)));
        for (MessageId id : refused) {
            assertThat(store.ledger().story(id)).isEmpty();
        }
        assertThat(store.ledger().figures(NOON).unsettled()).isEqualTo(4);
    }

    @Test
    void rows_that_cannot_grow_refuse_as_full_and_nothing_of_it_stays() throws Exception {
        store.close();
        boolean[] full = {false};
        CommitHook hook = new CommitHook() {
            @Override
            public void before() throws SQLException {
                if (full[0]) {
                    throw new SQLiteException("full", SQLiteErrorCode.SQLITE_FULL);
                }
            }

            @Override
            public void after() {}
        };
        StoreSettings settings = new StoreSettings(folder, 1 << 20, THRESHOLD, SEGMENT, 0);
        store = EmbeddedStore.open(settings, Clock.fixed(NOON, ZoneOffset.UTC), disk, hook);
        full[0] = true;
        assertThatThrownBy(() -> accept(store.spool(), NOON, bytes(10, 1), "hook:a"))
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.full())
                        .isTrue());
        full[0] = false;
        accept(store.spool(), NOON, bytes(10, 1), "hook:a");
        assertThat(store.ledger().figures(NOON).unsettled()).isEqualTo(1);
    }

    @Test
    void a_mail_that_spoils_its_batch_does_not_spoil_the_others() throws Exception {
        MessageId twice =
                accept(store.spool(), NOON, bytes(10, 1), "hook:a").mail().id();
        List<Thread> sessions = new ArrayList<>();
        List<MessageId> accepted = Collections.synchronizedList(new ArrayList<>());
        List<Exception> refused = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 60; i++) {
            MessageId id = i % 10 == 0 ? twice : id(NOON);
            sessions.add(Thread.startVirtualThread(() -> {
                try (Draft draft = draft(store.spool(), bytes(10, 1))) {
                    store.spool().commit(acceptance(id, NOON, plan("hook:a")), draft);
                    accepted.add(id);
                } catch (IOException e) {
                    refused.add(e);
                }
            }));
        }
        for (Thread session : sessions) {
            session.join();
        }
        assertThat(accepted).hasSize(54);
        assertThat(refused).hasSize(6);
        assertThat(read(store.spool().content(twice))).isEqualTo(withTrace(bytes(10, 1)));
    }

    @Test
    void segments_are_used_again_so_the_disk_does_not_grow_with_traffic() throws Exception {
        for (int i = 0; i < 2000; i++) {
            settle(accept(store.spool(), NOON, bytes(20_000, i), "hook:a")
                    .mail()
                    .id());
        }
        assertThat(files(Segments.SUFFIX)).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void who_reads_a_mail_that_is_settled_gets_its_bytes_or_an_error_and_never_anothers() throws Exception {
        MessageId id =
                accept(store.spool(), NOON, bytes(60_000, 1), "hook:a").mail().id();
        MessageContent content = store.spool().content(id);
        try (InputStream open = content.open()) {
            settle(id);
            for (int i = 0; i < 50; i++) {
                settle(accept(store.spool(), NOON, bytes(60_000, 7), "hook:a")
                        .mail()
                        .id());
            }
            // Its segment is not used again while it is open.
            assertThat(open.readAllBytes()).isEqualTo(withTrace(bytes(60_000, 1)));
        }
        for (int i = 0; i < 50; i++) {
            settle(accept(store.spool(), NOON, bytes(60_000, 7), "hook:a")
                    .mail()
                    .id());
        }
        assertThatThrownBy(content::open).isInstanceOf(IOException.class).hasMessageContaining("settled");
    }

    @Test
    void damaged_bytes_are_noticed_before_the_last_of_them_is_handed_out() throws Exception {
        MessageId small =
                accept(store.spool(), NOON, bytes(5000, 1), "hook:a").mail().id();
        MessageId large =
                accept(store.spool(), NOON, bytes(300_000, 1), "hook:a").mail().id();
        damage(files(Segments.SUFFIX), 3000);
        damage(files(".mail"), OwnFiles.RESERVE + 150_000);
        for (MessageId id : List.of(small, large)) {
            MessageContent content = store.spool().content(id);
            assertThatThrownBy(() -> read(content)).hasMessageContaining("do not match their checksum");
            assertThatThrownBy(() -> transferToFile(content)).hasMessageContaining("do not match their checksum");
        }
    }

    private void transferToFile(MessageContent content) throws IOException {
        try (FileChannel target =
                FileChannel.open(folder.resolve("object"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            content.transferTo(target);
        }
    }

    private static void damage(List<Path> files, long position) throws IOException {
        for (Path path : files) {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.seek(position);
                int was = file.read();
                file.seek(position);
                file.write(was ^ 0xff);
            }
        }
    }

    @Test
    void drafts_beyond_the_memory_for_drafts_go_to_files_and_leave_none_behind() throws Exception {
        store.close();
        store = open(100_000);
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Draft draft = store.spool().draft(-1);
            drafts.add(draft);
            for (int piece = 0; piece < 20; piece++) {
                draft.write(bytes(2000, i * 100 + piece), 0, 2000);
            }
        }
        assertThat(files(".mail").size()).isBetween(95, 100);
        List<MessageId> accepted = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            if (i % 2 == 0) {
                MessageId id = id(NOON);
                accepted.add(id);
                store.spool().commit(acceptance(id, NOON, plan("hook:a")), drafts.get(i));
            }
            drafts.get(i).close();
        }
        assertThat(files(".mail").size()).isBetween(45, 50);
        for (MessageId id : accepted) {
            assertThat(read(store.spool().content(id))).hasSize(40_000 + Samples.TRACE.length);
            settle(id);
        }
        Awaitility.await().untilAsserted(() -> assertThat(files(".mail")).isEmpty());
    }

    @Test
    void files_without_a_row_are_deleted_at_start() throws Exception {
        MessageId kept =
                accept(store.spool(), NOON, bytes(100_000, 1), "hook:a").mail().id();
        Draft never = draft(store.spool(), bytes(100_000, 2));
        assertThat(files(".mail")).hasSize(2);
        store.close();
        Files.write(folder.resolve("content/000000000777.unfinished"), new byte[10]);
        store = open(1 << 20);
        assertThat(files(".mail")).hasSize(1);
        assertThat(files(".unfinished")).isEmpty();
        assertThat(read(store.spool().content(kept))).isEqualTo(withTrace(bytes(100_000, 1)));
        never.close();
    }

    @Test
    void a_second_server_is_kept_away() {
        assertThatThrownBy(() -> open(1 << 20))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is in use by another Waypost server");
    }

    @Test
    void a_folder_of_a_newer_version_is_refused() throws Exception {
        store.close();
        try (Connection rows = Database.openWriter(folder.resolve("store.db"));
                Statement statement = rows.createStatement()) {
            statement.execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                    + " installed_by, execution_time, success) VALUES (99, '99', 'x', 'SQL', 'x', 'x', 1, 1)");
        }
        assertThatThrownBy(() -> open(1 << 20)).hasMessageContaining("written by a newer one");
        assertThatThrownBy(() -> EmbeddedStore.openBeside(folder)).hasMessageContaining("newer Waypost");
    }

    @Test
    void the_constant_version_is_that_of_the_newest_migration() throws Exception {
        assertThat(Schema.version(folder.resolve("store.db"))).isEqualTo(Schema.VERSION);
    }

    @Test
    void what_a_process_beside_replays_is_claimed_and_what_it_drops_is_released() throws Exception {
        MessageId replayed =
                accept(store.spool(), NOON, bytes(10, 1), "hook:a").mail().id();
        MessageId dropped =
                accept(store.spool(), NOON, bytes(100_000, 1), "hook:a").mail().id();
        MessageId droppedSmall =
                accept(store.spool(), NOON, bytes(10, 1), "hook:a").mail().id();
        die(replayed);
        die(dropped);
        die(droppedSmall);
        try (BesideStore beside = EmbeddedStore.openBeside(folder)) {
            assertThat(beside.ledger().dead(10, Optional.empty())).hasSize(3);
            assertThat(beside.ledger().replay(effect(replayed, 0, 0), NOON, "hook:a"))
                    .isTrue();
            assertThat(beside.ledger().drop(effect(dropped, 0, 0), NOON)).isTrue();
            assertThat(beside.ledger().drop(effect(droppedSmall, 0, 0), NOON)).isTrue();
            assertThat(beside.ledger().story(dropped).orElseThrow().settledAt()).contains(NOON);
            assertThat(beside.ledger().figures(NOON).unsettled()).isEqualTo(1);
        }
        assertThat(files(".mail")).isEmpty();
        assertThat(store.ledger().claim(NOON, 10, Set.of()))
                .extracting(Run::key)
                .containsExactly(new RunKey(replayed, 0));
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(store.ledger().figures(NOON).unsettled()).isEqualTo(1));
        assertThatThrownBy(() -> store.spool().content(droppedSmall)).isInstanceOf(IOException.class);
    }

    @Test
    void few_dead_mails_do_not_keep_segments_from_being_used_again() throws Exception {
        List<MessageId> dead = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            MessageId id = accept(store.spool(), NOON, bytes(20_000, i), "hook:a")
                    .mail()
                    .id();
            if (i % 12 == 0) {
                die(id);
                dead.add(id);
            } else {
                settle(id);
            }
        }
        int before = files(Segments.SUFFIX).size();
        assertThat(before).isGreaterThan(5);
        store.janitor().pass();
        assertThat(store.janitor().pass()).isBetween(dead.size() - 3, dead.size());
        store.janitor().pass();
        assertThat(files(Segments.SUFFIX)).hasSizeLessThanOrEqualTo(7);
        for (int i = 0; i < dead.size(); i++) {
            assertThat(read(store.spool().content(dead.get(i)))).isEqualTo(withTrace(bytes(20_000, i * 12)));
        }
        store.close();
        store = open(1 << 20);
        for (int i = 0; i < dead.size(); i++) {
            assertThat(read(store.spool().content(dead.get(i)))).isEqualTo(withTrace(bytes(20_000, i * 12)));
            store.ledger().drop(effect(dead.get(i), 0, 0), NOON);
        }
        Awaitility.await().untilAsserted(() -> assertThat(files(".mail")).isEmpty());
    }

    @Test
    void a_store_with_a_hundred_thousand_unsettled_mails_opens_at_once() throws Exception {
        store.close();
        try (Connection rows = Database.openWriter(folder.resolve("store.db"))) {
            rows.setAutoCommit(false);
            RowWriter writer = new RowWriter(rows, CommitHook.NONE);
            byte[] body = MailCodec.encode(Samples.envelope(), plan("hook:a"), Verdicts.NONE, Optional.empty());
            for (int i = 0; i < 100_000; i++) {
                long seq = writer.insertMail(acceptance(id(NOON.plusMillis(i)), NOON, plan("hook:a")), 100, body);
                writer.insertContent(seq, Memory.ORIGINAL, new Location(1 + i / 1000, false, 64, 18, 82, 0, 0));
                writer.insertRun(seq, 0, new RunState.Ready(0, 0, NOON, NOON.plusNanos(i), "hook:a"), true);
            }
            rows.commit();
        }
        store = open(1 << 20);
        assertThat(store.ledger().figures(NOON).unsettled()).isEqualTo(100_000);
        assertThat(store.ledger().claim(NOON.plusSeconds(1), 100, Set.of())).hasSize(100);
    }

    @Test
    void a_mail_that_cannot_be_read_holds_up_no_other() throws Exception {
        RunKey broken = new RunKey(
                accept(store.spool(), NOON, bytes(10, 1), "hook:a").mail().id(), 0);
        RunKey sound = new RunKey(
                accept(store.spool(), NOON.plusSeconds(1), bytes(10, 2), "hook:a")
                        .mail()
                        .id(),
                0);
        store.ledger().giveBack(List.of(broken, sound));
        try (Connection rows = Database.openWriter(folder.resolve("store.db"));
                Statement statement = rows.createStatement()) {
            statement.executeUpdate("UPDATE mail SET body = x'7b' WHERE id = '"
                    + broken.message().value() + "'");
        }
        List<Run> claimed = new ArrayList<>();
        Awaitility.await().untilAsserted(() -> {
            claimed.addAll(store.ledger().claim(NOON.plusSeconds(2), 10, Set.of()));
            assertThat(claimed).extracting(Run::key).containsExactly(sound);
        });
    }
}
