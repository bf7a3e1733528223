package io.waypost.store.contract;

import static io.waypost.store.contract.Samples.NOON;
import static io.waypost.store.contract.Samples.accept;
import static io.waypost.store.contract.Samples.acceptance;
import static io.waypost.store.contract.Samples.attempt;
import static io.waypost.store.contract.Samples.bytes;
import static io.waypost.store.contract.Samples.draft;
import static io.waypost.store.contract.Samples.effect;
import static io.waypost.store.contract.Samples.id;
import static io.waypost.store.contract.Samples.read;
import static io.waypost.store.contract.Samples.withTrace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.Attempt;
import io.waypost.message.Disposition;
import io.waypost.message.EffectKey;
import io.waypost.message.Line;
import io.waypost.message.MessageId;
import io.waypost.message.Outcome;
import io.waypost.message.Plan;
import io.waypost.message.Plan.PlannedRun;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.RunState.Dead;
import io.waypost.message.RunState.Done;
import io.waypost.message.RunState.How;
import io.waypost.message.RunState.Ready;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.Ledger.Entry;
import io.waypost.message.port.Spool;
import io.waypost.message.port.Spool.Committed;
import io.waypost.message.sending.Sending;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every {@link Ledger} must do. */
public interface LedgerContract {

    Spool spool();

    Ledger ledger();

    /** Ends the process, so to speak, and begins another on the same data. */
    void restart() throws IOException;

    RunState COMPLETED = new Done(How.COMPLETED);

    private MessageId given(Instant at, String... destinations) throws IOException {
        Committed committed = accept(spool(), at, bytes(100, 1), destinations);
        ledger().giveBack(committed.ready().stream().map(Run::key).toList());
        return committed.mail().id();
    }

    /** Giving back takes effect soon, not at once. */
    private List<Run> claimAll(Instant now, int expected) throws IOException {
        List<Run> claimed = new ArrayList<>();
        Awaitility.await().untilAsserted(() -> {
            claimed.addAll(ledger().claim(now, expected - claimed.size(), Set.of()));
            assertThat(claimed).hasSize(expected);
        });
        return claimed;
    }

    private void record(RunKey run, RunState state) throws Exception {
        Outcome outcome = state instanceof Done ? Outcome.done("200") : Outcome.retry("500");
        ledger().record(Entry.of(attempt(run.message(), run.index(), 1, NOON, outcome), run, state))
                .get();
    }

    private static Ready later(Duration delay) {
        return new Ready(0, 1, NOON, NOON.plus(delay), "hook:a");
    }

    @Test
    default void runs_given_back_are_claimed_oldest_due_first() throws IOException {
        MessageId second = given(NOON.plusSeconds(2), "hook:a");
        MessageId third = given(NOON.plusSeconds(3), "hook:b");
        MessageId first = given(NOON.plusSeconds(1), "hook:c");
        assertThat(claimAll(NOON.plusSeconds(9), 3))
                .extracting(run -> run.mail().id())
                .containsExactlyInAnyOrder(first, second, third);
        restart();
        assertThat(ledger().claim(NOON.plusSeconds(9), 2, Set.of()))
                .extracting(run -> run.mail().id())
                .containsExactly(first, second);
    }

    @Test
    default void a_claimed_run_is_not_claimed_again_until_it_is_given_back() throws IOException {
        given(NOON, "hook:a");
        Run run = claimAll(NOON, 1).getFirst();
        assertThat(ledger().claim(NOON, 10, Set.of())).isEmpty();
        ledger().giveBack(List.of(run.key()));
        assertThat(claimAll(NOON, 1)).containsExactly(run);
    }

    @Test
    default void two_claimants_never_get_the_same_run() throws Exception {
        for (int i = 0; i < 200; i++) {
            given(NOON.plusNanos(i), "hook:" + i % 3);
        }
        Collection<RunKey> seen = new HashSet<>();
        try (ExecutorService claimants = Executors.newVirtualThreadPerTaskExecutor()) {
            Awaitility.await().untilAsserted(() -> {
                List<Callable<List<Run>>> tasks = IntStream.range(0, 8)
                        .<Callable<List<Run>>>mapToObj(i -> () -> ledger().claim(NOON.plusSeconds(1), 7, Set.of()))
                        .toList();
                for (Future<List<Run>> claimed : claimants.invokeAll(tasks)) {
                    for (Run run : claimed.get()) {
                        if (!seen.add(run.key())) {
                            throw new IllegalStateException("claimed twice: " + run.key());
                        }
                    }
                }
                assertThat(seen).hasSize(200);
            });
        }
    }

    @Test
    default void a_run_that_is_not_due_yet_is_not_claimed() throws Exception {
        RunKey run =
                accept(spool(), NOON, bytes(1, 1), "hook:a").ready().getFirst().key();
        record(run, later(Duration.ofMinutes(5)));
        assertThat(ledger().claim(NOON.plusSeconds(299), 10, Set.of())).isEmpty();
        assertThat(ledger().claim(NOON.plusSeconds(300), 10, Set.of()))
                .extracting(Run::state)
                .containsExactly(later(Duration.ofMinutes(5)));
    }

    @Test
    default void destinations_that_take_nothing_are_left_out() throws IOException {
        given(NOON, "hook:a");
        MessageId other = given(NOON.plusSeconds(1), "hook:b");
        Awaitility.await().untilAsserted(() -> assertThat(ledger().claim(NOON.plusSeconds(1), 10, Set.of("hook:a")))
                .extracting(run -> run.mail().id())
                .containsExactly(other));
    }

    @Test
    default void a_claimant_that_dies_loses_its_claims_but_no_run() throws IOException {
        MessageId held = accept(spool(), NOON, bytes(1, 1), "hook:a").mail().id();
        MessageId claimed = given(NOON.plusSeconds(1), "hook:a");
        claimAll(NOON.plusSeconds(1), 1);
        restart();
        assertThat(ledger().claim(NOON.plusSeconds(1), 10, Set.of()))
                .extracting(run -> run.mail().id())
                .containsExactly(held, claimed);
    }

    @Test
    default void a_mail_is_settled_and_its_bytes_released_when_the_last_run_is_done() throws Exception {
        Committed mail = accept(spool(), NOON, bytes(5000, 1), "hook:a", "hook:b");
        MessageId id = mail.mail().id();
        record(new RunKey(id, 0), COMPLETED);
        assertThat(ledger().story(id).orElseThrow().settledAt()).isEmpty();
        assertThat(read(spool().content(id))).isEqualTo(withTrace(bytes(5000, 1)));
        assertThat(ledger().states(id))
                .containsExactly(COMPLETED, mail.ready().get(1).state());
        record(new RunKey(id, 1), new Done(How.SKIPPED));
        assertThat(ledger().states(id)).containsExactly(COMPLETED, new Done(How.SKIPPED));
        assertThat(ledger().story(id).orElseThrow().settledAt()).isPresent();
        assertThatThrownBy(() -> spool().content(id)).isInstanceOf(IOException.class);
        assertThat(ledger().figures(NOON).unsettled()).isZero();
    }

    @Test
    default void one_entry_may_end_several_runs() throws Exception {
        MessageId id =
                accept(spool(), NOON, bytes(1, 1), "hook:a", "hook:b").mail().id();
        Entry entry = new Entry(
                Optional.of(attempt(id, 0, 1, NOON, new Outcome.Done(Disposition.STOP_RULE_SET, "stop"))),
                Map.of(new RunKey(id, 0), COMPLETED, new RunKey(id, 1), new Done(How.SKIPPED)),
                Optional.empty(),
                Optional.empty());
        ledger().record(entry).get();
        assertThat(ledger().states(id)).containsExactly(COMPLETED, new Done(How.SKIPPED));
        assertThat(ledger().story(id).orElseThrow().settledAt()).isPresent();
    }

    @Test
    default void done_is_final() throws Exception {
        MessageId id =
                accept(spool(), NOON, bytes(1, 1), "hook:a", "hook:b").mail().id();
        record(new RunKey(id, 1), new Done(How.SKIPPED));
        record(new RunKey(id, 1), later(Duration.ofMinutes(1)));
        assertThat(ledger().states(id).get(1)).isEqualTo(new Done(How.SKIPPED));
        record(new RunKey(id, 0), COMPLETED);
        record(new RunKey(id, 0), later(Duration.ofMinutes(1)));
        assertThat(ledger().states(id)).containsExactly(COMPLETED, new Done(How.SKIPPED));
        assertThat(ledger().claim(NOON.plus(Duration.ofDays(1)), 10, Set.of())).isEmpty();
    }

    @Test
    default void a_run_that_goes_on_with_its_next_action_stays_claimed() throws Exception {
        MessageId id = given(NOON, "hook:a");
        RunKey run = claimAll(NOON, 1).getFirst().key();
        Ready next = new Ready(1, 0, NOON, NOON, "hook:b");
        Entry entry = new Entry(
                Optional.of(attempt(id, 0, 1, NOON, Outcome.done("ok"))),
                Map.of(run, next),
                Optional.of(run),
                Optional.empty());
        ledger().record(entry).get();
        assertThat(ledger().states(id)).containsExactly(next);
        assertThat(ledger().claim(NOON, 10, Set.of())).isEmpty();
        ledger().giveBack(List.of(run));
        assertThat(claimAll(NOON, 1)).extracting(Run::state).containsExactly(next);
        restart();
        assertThat(ledger().claim(NOON, 10, Set.of())).extracting(Run::state).containsExactly(next);
    }

    @Test
    default void waiting_runs_are_claimable_when_they_are_made_ready_only() throws Exception {
        Plan plan = new Plan(
                Samples.RULES,
                List.of(
                        new PlannedRun("rule0", List.of(), OptionalInt.empty(), "hook:a"),
                        new PlannedRun("rule1", List.of(), OptionalInt.of(0), "hook:b")),
                Map.of());
        MessageId id = id(NOON);
        try (Draft draft = draft(spool(), bytes(1, 1))) {
            spool().commit(acceptance(id, NOON, plan), draft);
        }
        assertThat(ledger().claim(NOON.plusSeconds(9), 10, Set.of())).isEmpty();
        Ready ready = new Ready(0, 0, NOON, NOON, "hook:b");
        ledger().record(new Entry(
                        Optional.empty(),
                        Map.of(new RunKey(id, 0), COMPLETED, new RunKey(id, 1), ready),
                        Optional.empty(),
                        Optional.empty()))
                .get();
        assertThat(ledger().claim(NOON, 10, Set.of())).extracting(Run::state).containsExactly(ready);
    }

    @Test
    default void a_revision_is_read_in_place_of_the_content_and_released_with_the_mail() throws Exception {
        for (int size : new int[] {0, 20, 2_000_000}) {
            MessageId id = given(NOON, "hook:a");
            RunKey run = claimAll(NOON, 1).getFirst().key();
            for (int round = 0; round < 2; round++) {
                byte[] revised = bytes(size, round);
                try (Draft draft = draft(spool(), revised)) {
                    Entry entry = new Entry(
                            Optional.of(attempt(id, 0, 1 + round, NOON.plusSeconds(round), Outcome.done("changed"))),
                            Map.of(run, new Ready(1 + round, 0, NOON, NOON, "hook:a")),
                            Optional.empty(),
                            Optional.of(new Ledger.Revision(run, draft)));
                    ledger().record(entry).get();
                }
                assertThat(read(spool().revision(run).orElseThrow())).isEqualTo(revised);
            }
            restart();
            assertThat(read(spool().revision(run).orElseThrow())).isEqualTo(bytes(size, 1));
            assertThat(read(spool().content(id))).isEqualTo(withTrace(bytes(100, 1)));
            assertThat(ledger().claim(NOON, 1, Set.of()).getFirst().revisedBy()).hasValue(0);
            record(run, COMPLETED);
            assertThat(spool().revision(run)).isEmpty();
        }
    }

    @Test
    default void a_story_tells_every_attempt_in_order_also_after_the_end() throws Exception {
        MessageId id = accept(spool(), NOON, bytes(1, 1), "hook:a").mail().id();
        RunKey run = new RunKey(id, 0);
        Attempt first = attempt(id, 0, 1, NOON, new Outcome.Retry("503", Optional.of(Duration.ofSeconds(30))));
        Attempt second = attempt(id, 0, 2, NOON.plusSeconds(30), Outcome.failed("410"));
        Attempt third = attempt(id, 0, 3, NOON.plusSeconds(60), new Outcome.Done(Disposition.STOP_RULE, "200"));
        ledger().record(Entry.of(first, run, later(Duration.ofSeconds(30)))).get();
        ledger().record(Entry.of(second, run, later(Duration.ofSeconds(60)))).get();
        ledger().record(Entry.of(third, run, COMPLETED)).get();
        restart();
        Ledger.Story story = ledger().story(id).orElseThrow();
        assertThat(story.attempts()).containsExactly(first, second, third);
        assertThat(story.states()).containsExactly(COMPLETED);
        assertThat(ledger().story(id(NOON))).isEmpty();
        assertThat(ledger().states(id(NOON))).isEmpty();
    }

    @Test
    default void entries_of_one_caller_become_durable_in_order() throws Exception {
        MessageId id = accept(spool(), NOON, bytes(1, 1), "hook:a").mail().id();
        RunKey run = new RunKey(id, 0);
        for (int i = 1; i < 50; i++) {
            ledger().record(Entry.of(
                    attempt(id, 0, i, NOON.plusSeconds(i), Outcome.retry("500")),
                    run,
                    later(Duration.ofSeconds(i + 1))));
        }
        record(run, later(Duration.ofSeconds(99)));
        assertThat(ledger().states(id)).containsExactly(later(Duration.ofSeconds(99)));
    }

    private MessageId dead(Instant at) throws Exception {
        MessageId id = accept(spool(), at, bytes(700, 1), "hook:a").mail().id();
        record(new RunKey(id, 0), new Dead(0, 12, at.plusSeconds(60), "410 Gone"));
        return id;
    }

    @Test
    default void a_dead_effect_is_listed_counted_and_keeps_its_bytes() throws Exception {
        MessageId id = dead(NOON);
        restart();
        assertThat(ledger().claim(Instant.MAX, 10, Set.of())).isEmpty();
        assertThat(read(spool().content(id))).isEqualTo(withTrace(bytes(700, 1)));
        assertThat(ledger().figures(NOON).dead()).isEqualTo(1);
        assertThat(ledger().figures(NOON).unsettled()).isEqualTo(1);
        Ledger.DeadEffect effect = ledger().dead(10, Optional.empty()).getFirst();
        assertThat(effect.key()).isEqualTo(effect(id, 0, 0));
        assertThat(effect.run()).isEqualTo(new RunKey(id, 0));
        assertThat(effect.mail().id()).isEqualTo(id);
        assertThat(effect.state()).isEqualTo(new Dead(0, 12, NOON.plusSeconds(60), "410 Gone"));
    }

    @Test
    default void dead_effects_are_listed_page_by_page_also_when_one_disappears() throws Exception {
        List<EffectKey> keys = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            keys.add(effect(dead(NOON.plusSeconds(i)), 0, 0));
        }
        List<EffectKey> listed = new ArrayList<>();
        Optional<EffectKey> after = Optional.empty();
        while (true) {
            List<Ledger.DeadEffect> page = ledger().dead(2, after);
            if (page.isEmpty()) {
                break;
            }
            page.forEach(effect -> listed.add(effect.key()));
            after = Optional.of(listed.getLast());
            ledger().drop(listed.getLast(), NOON);
        }
        assertThat(listed).isEqualTo(keys);
    }

    @Test
    default void a_replayed_effect_is_ready_again_and_goes_on_counting() throws Exception {
        MessageId id = dead(NOON);
        Instant now = NOON.plus(Duration.ofDays(4));
        assertThat(ledger().replay(effect(id, 0, 0), now, "hook:new")).isTrue();
        assertThat(ledger().replay(effect(id, 0, 0), now, "hook:new")).isFalse();
        assertThat(ledger().figures(now).dead()).isZero();
        assertThat(ledger().claim(now, 10, Set.of()))
                .extracting(Run::state)
                .containsExactly(new Ready(0, 12, now, now, "hook:new"));
    }

    @Test
    default void a_dropped_effect_settles_its_mail() throws Exception {
        MessageId id = dead(NOON);
        assertThat(ledger().drop(effect(id, 0, 1), NOON)).isFalse();
        assertThat(ledger().drop(effect(id, 1, 0), NOON)).isFalse();
        assertThat(ledger().drop(effect(id(NOON), 0, 0), NOON)).isFalse();
        assertThat(ledger().drop(effect(id, 0, 0), NOON.plusSeconds(70))).isTrue();
        assertThat(ledger().drop(effect(id, 0, 0), NOON.plusSeconds(70))).isFalse();
        assertThat(ledger().states(id)).containsExactly(new Done(How.DROPPED));
        assertThat(ledger().story(id).orElseThrow().settledAt()).contains(NOON.plusSeconds(70));
        assertThatThrownBy(() -> spool().content(id)).isInstanceOf(IOException.class);
        assertThat(ledger().figures(NOON).unsettled()).isZero();
    }

    @Test
    default void dropping_an_effect_frees_the_runs_that_waited_for_it() throws Exception {
        Plan plan = new Plan(
                Samples.RULES,
                List.of(
                        new PlannedRun("rule0", List.of(), OptionalInt.empty(), "hook:a"),
                        new PlannedRun("rule1", List.of(), OptionalInt.of(0), "hook:b")),
                Map.of());
        MessageId id = id(NOON);
        try (Draft draft = draft(spool(), bytes(1, 1))) {
            spool().commit(acceptance(id, NOON, plan), draft);
        }
        record(new RunKey(id, 0), new Dead(0, 1, NOON, "gone"));
        assertThat(ledger().drop(effect(id, 0, 0), NOON.plusSeconds(5))).isTrue();
        assertThat(ledger().states(id))
                .containsExactly(
                        new Done(How.DROPPED), new Ready(0, 0, NOON.plusSeconds(5), NOON.plusSeconds(5), "hook:b"));
        assertThat(ledger().claim(NOON.plusSeconds(5), 1, Set.of())).hasSize(1);
    }

    @Test
    default void settled_mail_is_forgotten_and_unsettled_mail_never() throws Exception {
        MessageId open = accept(spool(), NOON, bytes(1, 1), "hook:a").mail().id();
        MessageId dead = dead(NOON);
        List<MessageId> settled = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            MessageId id = accept(spool(), NOON, bytes(1, 1), "hook:a").mail().id();
            ledger().record(Entry.of(attempt(id, 0, 1, NOON, Outcome.done("ok")), new RunKey(id, 0), COMPLETED));
            settled.add(id);
        }
        ledger().drop(effect(dead(NOON), 0, 0), NOON.minusSeconds(1));
        assertThat(ledger().forgetSettledBefore(NOON, NOON)).isEqualTo(1);
        assertThat(ledger().forgetSettledBefore(Instant.MAX, Instant.MAX)).isEqualTo(450);
        assertThat(ledger().story(settled.getFirst())).isEmpty();
        assertThat(ledger().story(settled.getLast())).isEmpty();
        assertThat(ledger().story(open)).isPresent();
        assertThat(ledger().story(dead)).isPresent();
    }

    @Test
    default void mail_with_links_is_forgotten_later() throws Exception {
        List<MessageId> linked = new ArrayList<>();
        List<MessageId> plain = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            MessageId id = id(NOON);
            Optional<Sending> sending = Optional.of(Samples.sending(i % 5 != 0));
            try (Draft draft = draft(spool(), bytes(1, 1))) {
                spool().commit(
                                new Spool.Acceptance(
                                        id,
                                        Line.OUTBOUND,
                                        NOON,
                                        Samples.envelope(),
                                        new byte[0],
                                        Samples.plan("hook:a"),
                                        Verdicts.NONE,
                                        sending,
                                        Optional.empty()),
                                draft);
            }
            ledger().record(Entry.of(attempt(id, 0, 1, NOON, Outcome.done("ok")), new RunKey(id, 0), COMPLETED));
            (i % 5 != 0 ? linked : plain).add(id);
        }
        assertThat(ledger().forgetSettledBefore(NOON.plusSeconds(1), NOON)).isEqualTo(100);
        assertThat(ledger().forgetSettledBefore(NOON.plusSeconds(2), NOON)).isZero();
        assertThat(ledger().story(plain.getLast())).isEmpty();
        assertThat(ledger().story(linked.getFirst())).isPresent();
        restart();
        assertThat(ledger().forgetSettledBefore(NOON.plusSeconds(3), NOON)).isZero();
        assertThat(ledger().forgetSettledBefore(NOON.plusSeconds(4), NOON.plusSeconds(1)))
                .isEqualTo(400);
        assertThat(ledger().story(linked.getFirst())).isEmpty();
    }

    @Test
    default void figures_tell_the_age_of_the_oldest_due_run() throws Exception {
        assertThat(ledger().figures(NOON).oldestDue()).isZero();
        RunKey run =
                accept(spool(), NOON, bytes(1, 1), "hook:a").ready().getFirst().key();
        assertThat(ledger().figures(NOON.plusSeconds(5)).oldestDue()).isEqualTo(Duration.ofSeconds(5));
        record(run, later(Duration.ofSeconds(30)));
        assertThat(ledger().figures(NOON.plusSeconds(5)).oldestDue()).isZero();
        assertThat(ledger().figures(NOON.plusSeconds(32)).oldestDue()).isEqualTo(Duration.ofSeconds(2));
        assertThat(ledger().figures(NOON).freeBytes()).isPositive();
    }
}
