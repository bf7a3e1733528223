package io.waypost.store.contract;

import static io.waypost.store.contract.Samples.NOON;
import static io.waypost.store.contract.Samples.attempt;
import static io.waypost.store.contract.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Outcome;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.Ledger.Entry;
import io.waypost.message.port.Spool;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Claims against a model: whatever was accepted, claimed, given back, put off and done before, in whatever order, a claim finds the
 * oldest of what is due and free, leaves out what it is told to, and nothing stays behind.
 */
public interface ClaimsContract {

    int DESTINATIONS = 12;
    int STEPS = 600;

    Spool spool();

    Ledger ledger();

    void restart() throws IOException;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    default void a_claim_finds_the_oldest_of_what_is_due_and_free(long seed) throws Exception {
        Model model = new Model(this, new Random(seed));
        for (int step = 0; step < STEPS; step++) {
            model.step();
        }
        model.drain();
    }

    /** What must be there, kept the simple way. */
    final class Model {

        private final ClaimsContract store;
        private final Random random;
        private final Map<RunKey, RunState.Ready> free = new HashMap<>();
        private final Map<RunKey, RunState.Ready> mine = new HashMap<>();
        private Instant now = NOON;

        Model(ClaimsContract store, Random random) {
            this.store = store;
            this.random = random;
        }

        void step() throws Exception {
            now = now.plusSeconds(random.nextInt(3));
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> accept();
                case 3, 4, 5, 6 -> claim(1 + random.nextInt(9), except());
                case 7, 8 -> giveBack();
                case 9 -> record(later());
                case 10 -> record(new RunState.Done(RunState.How.COMPLETED));
                default -> restart();
            }
        }

        void drain() throws Exception {
            now = now.plusSeconds(100_000);
            while (!free.isEmpty()) {
                claim(50, Set.of());
                while (!mine.isEmpty()) {
                    record(new RunState.Done(RunState.How.COMPLETED));
                }
            }
            assertThat(store.ledger().claim(now, 50, Set.of())).isEmpty();
        }

        private String destination() {
            return "smtp:" + random.nextInt(DESTINATIONS);
        }

        private void accept() throws IOException {
            String[] destinations = random.ints(1 + random.nextInt(4), 0, DESTINATIONS)
                    .mapToObj(i -> "smtp:" + i)
                    .toArray(String[]::new);
            Spool.Committed committed =
                    Samples.accept(store.spool(), now.plusNanos(random.nextInt(1000)), bytes(50, 1), destinations);
            committed.ready().forEach(run -> mine.put(run.key(), run.state()));
        }

        private Set<String> except() {
            Set<String> except = new HashSet<>();
            while (random.nextBoolean()) {
                except.add(destination());
            }
            return except;
        }

        private void claim(int limit, Set<String> except) throws Exception {
            // Giving back may take its time; what is recorded behind it is durable behind it.
            store.ledger()
                    .record(new Entry(Optional.empty(), Map.of(), Optional.empty(), Optional.empty()))
                    .get();
            List<RunState.Ready> due = free.values().stream()
                    .filter(state -> !state.at().isAfter(now) && !except.contains(state.destination()))
                    .sorted(Comparator.comparing(RunState.Ready::at))
                    .limit(limit)
                    .toList();
            List<Run> claimed = store.ledger().claim(now, limit, except);
            // Those of one moment may come in any order, and any of them when there are too many.
            assertThat(claimed.stream().map(run -> run.state().at()))
                    .containsExactlyElementsOf(
                            due.stream().map(RunState.Ready::at).toList());
            for (Run run : claimed) {
                assertThat(free.remove(run.key())).isEqualTo(run.state());
                mine.put(run.key(), run.state());
            }
        }

        private RunKey oneOfMine() {
            List<RunKey> keys = mine.keySet().stream()
                    .sorted(Comparator.comparing(RunKey::toString))
                    .collect(Collectors.toCollection(ArrayList::new));
            return keys.get(random.nextInt(keys.size()));
        }

        private void giveBack() {
            while (!mine.isEmpty() && random.nextInt(4) > 0) {
                RunKey key = oneOfMine();
                store.ledger().giveBack(List.of(key));
                free.put(key, mine.remove(key));
            }
        }

        private RunState later() {
            Instant at = now.plusSeconds(random.nextInt(40));
            return new RunState.Ready(0, 1, now, at, destination());
        }

        private void record(RunState state) throws Exception {
            if (mine.isEmpty()) {
                return;
            }
            RunKey key = oneOfMine();
            Outcome outcome = state instanceof RunState.Done ? Outcome.done("200") : Outcome.retry("500");
            store.ledger()
                    .record(Entry.of(attempt(key.message(), key.index(), 1, now, outcome), key, state))
                    .get();
            mine.remove(key);
            if (state instanceof RunState.Ready ready) {
                free.put(key, ready);
            }
        }

        private void restart() throws IOException {
            if (random.nextInt(4) == 0) {
                store.restart();
                free.putAll(mine);
                mine.clear();
            }
        }
    }
}
