package io.waypost.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.EffectKey;
import io.waypost.message.MessageId;
import io.waypost.message.Outcome;
import io.waypost.message.Plan;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.RuleSetArchive;
import io.waypost.message.port.Spool;
import io.waypost.message.port.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link RuleSetArchive} must do. */
public interface RuleSetArchiveContract {

    RuleSetArchive archive();

    /** Of the same store. */
    Spool spool();

    Ledger ledger();

    /** The same archive after the process ended and another began. */
    RuleSetArchive archiveAfterRestart() throws IOException;

    @Test
    default void versions_count_from_one_for_each_name() throws IOException {
        assertThat(archive().publish("a", "one", Samples.NOON)).isEqualTo(new RuleSetVersion("a", 1));
        assertThat(archive().publish("a", "two", Samples.NOON)).isEqualTo(new RuleSetVersion("a", 2));
        assertThat(archive().publish("b", "one", Samples.NOON)).isEqualTo(new RuleSetVersion("b", 1));
    }

    @Test
    default void the_same_text_again_is_no_new_version() throws IOException {
        RuleSetVersion first = archive().publish("a", "text", Samples.NOON);
        assertThat(archive().publish("a", "text", Samples.NOON.plusSeconds(1))).isEqualTo(first);
    }

    @Test
    default void an_older_text_again_is_a_new_version() throws IOException {
        archive().publish("a", "one", Samples.NOON);
        archive().publish("a", "two", Samples.NOON);
        assertThat(archive().publish("a", "one", Samples.NOON)).isEqualTo(new RuleSetVersion("a", 3));
    }

    @Test
    default void every_version_is_readable_after_a_restart() throws IOException {
        RuleSetVersion one = archive().publish("a", "rules: über\n", Samples.NOON);
        RuleSetVersion two = archive().publish("a", "", Samples.NOON);
        RuleSetArchive reopened = archiveAfterRestart();
        assertThat(reopened.text(one)).contains("rules: über\n");
        assertThat(reopened.text(two)).contains("");
        assertThat(reopened.publish("a", "", Samples.NOON)).isEqualTo(two);
    }

    @Test
    default void an_unknown_version_has_no_text() throws IOException {
        archive().publish("a", "one", Samples.NOON);
        assertThat(archive().text(new RuleSetVersion("a", 2))).isEmpty();
        assertThat(archive().text(new RuleSetVersion("b", 1))).isEmpty();
    }

    @Test
    default void only_the_newest_and_the_active_versions_stay() throws IOException {
        publish("a", 7);
        publish("b", 2);
        RuleSetVersion active = new RuleSetVersion("a", 2);

        assertThat(archive().forget(3, Set.of(active))).isEqualTo(3);

        assertThat(kept("a", 7)).containsExactly(2, 5, 6, 7);
        assertThat(kept("b", 2)).containsExactly(1, 2);
        assertThat(archive().forget(3, Set.of(active))).isZero();
        assertThat(archive().forget(3, Set.of())).isEqualTo(1);
        assertThat(kept("a", 7)).containsExactly(5, 6, 7);
    }

    @Test
    default void versions_go_on_being_counted() throws IOException {
        publish("a", 5);
        archive().forget(1, Set.of());

        assertThat(archive().publish("a", "text 5", Samples.NOON)).isEqualTo(new RuleSetVersion("a", 5));
        assertThat(archiveAfterRestart().publish("a", "text 1", Samples.NOON)).isEqualTo(new RuleSetVersion("a", 6));
    }

    @Test
    default void a_version_stays_while_a_mail_is_owed_under_it() throws Exception {
        publish("a", 9);
        MessageId open = accept(new RuleSetVersion("a", 1), "rule").mail().id();
        MessageId ofOthers = accept(new RuleSetVersion("b", 1), Plan.qualified(new RuleSetVersion("a", 2), "rule"))
                .mail()
                .id();
        MessageId dead = accept(new RuleSetVersion("a", 3), "rule").mail().id();
        RunState gaveUp = new RunState.Dead(0, 1, Samples.NOON, "410 Gone");
        ledger().record(Ledger.Entry.of(
                Samples.attempt(dead, 0, 1, Samples.NOON, Outcome.failed("410 Gone")), new RunKey(dead, 0), gaveUp));
        MessageId settled = accept(new RuleSetVersion("a", 4), "rule").mail().id();
        settle(settled);

        archiveAfterRestart();
        assertThat(archive().forget(1, Set.of())).isEqualTo(5);
        assertThat(kept("a", 9)).containsExactly(1, 2, 3, 9);

        settle(open);
        settle(ofOthers);
        ledger().drop(new EffectKey(dead, new RuleSetVersion("a", 3), "rule", 0), Samples.NOON);
        assertThat(archive().forget(1, Set.of())).isEqualTo(3);
        assertThat(kept("a", 9)).containsExactly(9);
    }

    @Test
    default void a_mail_that_was_planned_under_a_forgotten_version_is_put_off() throws IOException {
        publish("a", 9);
        archive().forget(2, Set.of(new RuleSetVersion("a", 3)));

        assertThatThrownBy(() -> accept(new RuleSetVersion("a", 7), "rule"))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> accept(new RuleSetVersion("b", 1), "a@1:rule"))
                .isInstanceOf(StoreUnavailableException.class);
        for (int version : new int[] {3, 8, 9}) {
            accept(new RuleSetVersion("a", version), "rule");
        }
        accept(new RuleSetVersion("outbound", 1), "rule");
        assertThat(ledger().figures(Samples.NOON).unsettled()).isEqualTo(4);
    }

    @Test
    default void mails_that_are_accepted_meanwhile_find_their_rules() throws Exception {
        AtomicInteger newest =
                new AtomicInteger(archive().publish("a", "text 0", Samples.NOON).version());
        AtomicBoolean ended = new AtomicBoolean();
        List<RuleSetVersion> accepted = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger putOff = new AtomicInteger();
        Thread session = Thread.ofVirtual().start(() -> {
            while (!ended.get()) {
                // Up to six behind: some of these are gone by the time the mail is handed over.
                RuleSetVersion version =
                        new RuleSetVersion("a", Math.max(1, newest.get() - (accepted.size() + putOff.get()) % 7));
                try {
                    accept(version, "rule");
                    accepted.add(version);
                } catch (StoreUnavailableException e) {
                    putOff.incrementAndGet();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        for (int i = 1; i <= 60 || accepted.size() < 100; i++) {
            newest.set(archive().publish("a", "text " + i, Samples.NOON).version());
            archive().forget(2, Set.of());
        }
        ended.set(true);
        session.join();

        assertThat(accepted).isNotEmpty();
        for (RuleSetVersion version : accepted) {
            assertThat(archive().text(version)).as(version.toString()).isPresent();
        }
    }

    private void publish(String name, int count) throws IOException {
        for (int i = 1; i <= count; i++) {
            archive().publish(name, "text " + i, Samples.NOON);
        }
    }

    private List<Integer> kept(String name, int newest) throws IOException {
        List<Integer> kept = new ArrayList<>();
        for (int version = 1; version <= newest; version++) {
            if (archive().text(new RuleSetVersion(name, version)).isPresent()) {
                kept.add(version);
            }
        }
        return kept;
    }

    private Spool.Committed accept(RuleSetVersion version, String rule) throws IOException {
        Plan.PlannedRun run = new Plan.PlannedRun(rule, List.of(), OptionalInt.empty(), "hook:a");
        try (Draft draft = Samples.draft(spool(), Samples.bytes(10, 1))) {
            return spool().commit(
                            Samples.acceptance(
                                    Samples.id(Samples.NOON), Samples.NOON, new Plan(version, List.of(run), Map.of())),
                            draft);
        }
    }

    private void settle(MessageId id) throws Exception {
        ledger().record(Ledger.Entry.of(
                Samples.attempt(id, 0, 1, Samples.NOON, Outcome.done("ok")),
                new RunKey(id, 0),
                new RunState.Done(RunState.How.COMPLETED)));
    }
}
