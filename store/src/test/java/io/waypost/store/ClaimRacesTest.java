package io.waypost.store;

import static io.waypost.store.contract.Samples.NOON;
import static io.waypost.store.contract.Samples.accept;
import static io.waypost.store.contract.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.port.Ledger.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are claimed while others are recorded and given back: none may stay hidden. */
class ClaimRacesTest {

    private static final int ROUNDS = 20_000;

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private EmbeddedStore store;

    @BeforeEach
    void open() throws IOException {
        Folders.prepare(folder);
        StoreSettings settings = new StoreSettings(folder, 1 << 20, 64 * 1024, 256 * 1024, 1000);
        store = EmbeddedStore.open(settings, Clock.fixed(NOON, ZoneOffset.UTC), new UnsafeDisk(), CommitHook.NONE);
        RunKey run = new RunKey(
                accept(store.spool(), NOON, bytes(10, 1), "hook:a").mail().id(), 0);
        store.ledger().giveBack(List.of(run));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<Run> claim() throws IOException {
        return store.ledger().claim(NOON, 1, Set.of());
    }

    /** Claims over and over, until somebody else's work is done and a search behind it had its chance. */
    private Run claimAfter(CompletableFuture<?> work) throws IOException {
        List<Run> claimed = List.of();
        boolean late = false;
        while (claimed.isEmpty() && !late) {
            late = work.isDone();
            claimed = claim();
        }
        assertThat(claimed).as("what is due when nobody has it").hasSize(1);
        return claimed.getFirst();
    }

    @Test
    void a_run_that_is_recorded_while_others_search_is_found_again() throws Exception {
        Run run = Awaitility.await()
                .until(this::claim, claimed -> !claimed.isEmpty())
                .getFirst();
        for (int round = 1; round <= ROUNDS; round++) {
            RunState again = new RunState.Ready(0, round, NOON, NOON, "hook:a");
            run = claimAfter(store.ledger()
                    .record(new Entry(Optional.empty(), Map.of(run.key(), again), Optional.empty(), Optional.empty())));
        }
        assertThat(run.state().attempts()).isEqualTo(ROUNDS);
    }

    @Test
    void a_run_that_is_given_back_while_others_search_is_found_again() throws Exception {
        Run run = Awaitility.await()
                .until(this::claim, claimed -> !claimed.isEmpty())
                .getFirst();
        for (int round = 1; round <= ROUNDS; round++) {
            List<RunKey> key = List.of(run.key());
            run = claimAfter(CompletableFuture.runAsync(() -> store.ledger().giveBack(key)));
        }
    }
}
