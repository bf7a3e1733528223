package io.waypost.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.MessageId;
import io.waypost.message.Outcome;
import io.waypost.message.Run;
import io.waypost.message.RunState;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.Spool.Committed;
import io.waypost.store.contract.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power goes at any operation of the disk, or around any commit of rows; afterwards each mail that was accepted must be
 * there byte for byte, each that was refused must not, and what was settled stays settled. A seed makes each schedule; a
 * failure names it.
 */
class CrashTest {

    private static final int SCHEDULES = 40;
    private static final int LIVES = 3;
    private static final int SESSIONS = 4;
    private static final int MAILS_A_SESSION = 12;

    @TempDir(factory = MemoryFolder.class)
    Path temporary;

    /** What the world outside was told. */
    private static final class Told {
        final Map<MessageId, byte[]> accepted = new ConcurrentHashMap<>();
        final Set<MessageId> refused = ConcurrentHashMap.newKeySet();
        final Set<MessageId> settled = ConcurrentHashMap.newKeySet();
        final Set<MessageId> perhapsSettled = ConcurrentHashMap.newKeySet();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothing_accepted_is_lost_and_nothing_refused_is_carried_out(long seed) throws Exception {
        for (int schedule = 0; schedule < SCHEDULES; schedule++) {
            long its = seed * 1000 + schedule;
            try {
                run(its);
            } catch (AssertionError | Exception e) {
                throw new AssertionError("schedule " + its, e);
            }
        }
    }

    private void run(long seed) throws Exception {
        Random random = new Random(seed);
        Told told = new Told();
        Path folder = temporary.resolve("life-" + seed + "-0");
        Folders.prepare(folder);
        for (int life = 0; life < LIVES; life++) {
            Path next = temporary.resolve("life-" + seed + "-" + (life + 1));
            live(folder, next, random, told);
            delete(folder);
            folder = next;
        }
        check(folder, told);
        delete(folder);
    }

    /** One life of a process, from its start to the loss of power; leaves in {@code next} what the disk has then. */
    private void live(Path folder, Path next, Random random, Told told) throws Exception {
        UnsafeDisk disk = new UnsafeDisk();
        boolean dieAtCommit = random.nextInt(3) == 0;
        boolean badLuck = random.nextInt(2) == 0;
        CommitHook hook = new MortalCommits(
                disk, dieAtCommit ? random.nextInt(40) : Integer.MAX_VALUE, badLuck ? 10 : 0, random.nextLong());
        EmbeddedStore store;
        if (random.nextInt(5) == 0) {
            disk.cutPowerAt(random.nextInt(5), 0, random);
        }
        try {
            store = EmbeddedStore.open(settings(folder), clock(), disk, hook);
        } catch (IOException e) {
            assertThat(disk.isDead())
                    .as("opening fails only without power: %s", e)
                    .isTrue();
            copyAfterCrash(folder, next, disk, random);
            return;
        }
        disk.cutPowerAt(
                dieAtCommit ? Long.MAX_VALUE : random.nextInt(250), badLuck ? 25 : 0, new Random(random.nextLong()));
        long trafficSeed = random.nextLong();
        List<Thread> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            long sessionSeed = trafficSeed + i;
            sessions.add(Thread.startVirtualThread(() -> session(store, disk, new Random(sessionSeed), told)));
        }
        for (Thread session : sessions) {
            session.join();
        }
        disk.cutPower();
        // Copied before the store is closed: a process that dies makes no checkpoint.
        copyAfterCrash(folder, next, disk, random);
        store.close();
    }

    private static void session(EmbeddedStore store, UnsafeDisk disk, Random random, Told told) {
        for (int i = 0; i < MAILS_A_SESSION; i++) {
            MessageId id = MessageId.next(Samples.NOON, random);
            byte[] content = Samples.bytes(random.nextInt(4) == 0 ? 40_000 : random.nextInt(6000), random.nextLong());
            try (Draft draft = store.spool().draft(random.nextBoolean() ? content.length : -1)) {
                draft.write(content, 0, content.length);
                Committed committed =
                        store.spool().commit(Samples.acceptance(id, Samples.NOON, Samples.plan("hook:a")), draft);
                told.accepted.put(id, content);
                if (random.nextBoolean()) {
                    settle(store, committed.ready().getFirst(), told);
                }
            } catch (IOException e) {
                if (!disk.isDead()) {
                    told.refused.add(id);
                }
            }
        }
    }

    private static void settle(EmbeddedStore store, Run run, Told told) throws IOException {
        MessageId id = run.mail().id();
        told.perhapsSettled.add(id);
        try {
            store.ledger()
                    .record(Ledger.Entry.of(
                            Samples.attempt(id, 0, 1, Samples.NOON, Outcome.done("ok")),
                            run.key(),
                            new RunState.Done(RunState.How.COMPLETED)))
                    .get();
            told.settled.add(id);
        } catch (ExecutionException e) {
            // It may have become durable or not: the mail is carried out again or not at all.
            told.perhapsSettled.add(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copyAfterCrash(Path folder, Path next, UnsafeDisk disk, Random random) throws IOException {
        disk.cutPower();
        disk.loseUnsynced(random);
        Files.createDirectories(next.resolve("content"));
        for (String rows : List.of("store.db", "store.db-wal")) {
            if (Files.exists(folder.resolve(rows))) {
                Files.copy(folder.resolve(rows), next.resolve(rows));
            }
        }
        if (Files.exists(folder.resolve("content"))) {
            try (Stream<Path> files = Files.list(folder.resolve("content"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, next.resolve("content").resolve(file.getFileName()));
                }
            }
        }
    }

    private static void check(Path folder, Told told) throws IOException {
        try (EmbeddedStore store = EmbeddedStore.open(settings(folder), clock())) {
            Set<MessageId> pending = new HashSet<>();
            for (Run run : store.ledger().claim(Instant.MAX, 10_000, Set.of())) {
                pending.add(run.mail().id());
            }
            assertThat(pending.stream().filter(told.refused::contains))
                    .as("a refused mail is carried out")
                    .isEmpty();
            for (Map.Entry<MessageId, byte[]> mail : told.accepted.entrySet()) {
                MessageId id = mail.getKey();
                assertThat(store.ledger().story(id)).as("accepted mail %s", id).isPresent();
                if (told.settled.contains(id)) {
                    assertThat(pending).doesNotContain(id);
                } else if (!told.perhapsSettled.contains(id)) {
                    assertThat(pending).as("a pending mail is lost").contains(id);
                }
                if (pending.contains(id)) {
                    assertThat(Samples.read(store.spool().content(id))).isEqualTo(Samples.withTrace(mail.getValue()));
                }
            }
            for (MessageId refused : told.refused) {
                assertThat(store.ledger().story(refused))
                        .as("refused mail %s", refused)
                        .isEmpty();
            }
        }
    }

    private static StoreSettings settings(Path folder) {
        return new StoreSettings(folder, 100_000, 30_000, 128 * 1024, 0);
    }

    private static Clock clock() {
        return Clock.fixed(Samples.NOON, ZoneOffset.UTC);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
