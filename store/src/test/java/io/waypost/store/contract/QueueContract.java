package io.waypost.store.contract;

import static io.waypost.store.contract.Samples.NOON;
import static io.waypost.store.contract.Samples.accept;
import static io.waypost.store.contract.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.message.Line;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.Queue;
import io.waypost.message.port.Spool;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a queue of any engine keeps to, seen from beside the server's ledger. */
public interface QueueContract {

    Instant LATER = NOON.plus(Duration.ofMinutes(1));

    Spool spool();

    Ledger ledger();

    Queue queue();

    private RunKey[] waiting() throws IOException {
        Spool.Committed mail = accept(spool(), NOON, bytes(100, 1), "smtp:a", "smtp:b");
        giveBack(mail.ready().stream().map(Run::key).toList());
        return mail.ready().stream().map(Run::key).toArray(RunKey[]::new);
    }

    /** Giving back is told at once and written soon. */
    private void giveBack(List<RunKey> runs) throws IOException {
        ledger().giveBack(runs);
        await().until(() -> queue().waiting(Line.INBOUND, 1000, Optional.empty()).stream()
                .noneMatch(waiting -> waiting.inHand() && runs.contains(waiting.run())));
    }

    /** What is claimed when the server has seen the change. */
    private List<Run> claimed(Instant now) {
        return await().until(() -> ledger().claim(now, 100, Set.of()), runs -> !runs.isEmpty());
    }

    private List<RunKey> claimedKeys(Instant now) {
        return claimed(now).stream().map(Run::key).toList();
    }

    @Test
    default void everythingThatWaitsIsListedPageByPage() throws Exception {
        List<RunKey> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.addAll(List.of(waiting()));
        }
        List<RunKey> seen = new ArrayList<>();
        Optional<RunKey> after = Optional.empty();
        while (true) {
            List<Queue.Waiting> page = queue().waiting(Line.INBOUND, 3, after);
            page.forEach(waiting -> seen.add(waiting.run()));
            if (page.size() < 3) {
                break;
            }
            after = Optional.of(page.getLast().run());
        }
        assertThat(seen).isEqualTo(all);
        assertThat(queue().waiting(Line.OUTBOUND, 3, Optional.empty())).isEmpty();
    }

    @Test
    default void whatIsHeldIsNotClaimedUntilItIsReleased() throws Exception {
        RunKey[] runs = waiting();
        assertThat(queue().hold(List.of(runs[0]))).isEqualTo(1);
        assertThat(queue().hold(List.of(runs[0]))).isZero();
        assertThat(claimedKeys(LATER.plus(Duration.ofDays(10_000)))).containsExactly(runs[1]);
        assertThat(queue().waiting(Line.INBOUND, 9, Optional.empty())
                        .getFirst()
                        .state()
                        .isHeld())
                .isTrue();
        assertThat(queue().release(List.of(runs), LATER)).isEqualTo(1);
        assertThat(claimedKeys(LATER)).containsExactly(runs[0]);
    }

    @Test
    default void whatIsReleasedHasAFreshWindow() throws Exception {
        RunKey[] runs = waiting();
        queue().hold(List.of(runs));
        queue().release(List.of(runs), LATER);
        assertThat(claimed(LATER).stream().map(run -> run.state().since())).containsExactly(LATER, LATER);
    }

    @Test
    default void whatIsDroppedIsClaimedAsSuch() throws Exception {
        RunKey[] runs = waiting();
        queue().hold(List.of(runs));
        assertThat(queue().drop(List.of(runs[1]), LATER)).isEqualTo(1);
        List<Run> claimed = claimed(LATER);
        assertThat(claimed.stream().map(Run::key)).containsExactly(runs[1]);
        assertThat(claimed.getFirst().state().isDropped()).isTrue();
    }

    @Test
    default void whatTheServerHasInHandSinceItsAcceptanceTakesNoWish() throws Exception {
        Spool.Committed mail = accept(spool(), NOON, bytes(100, 1), "smtp:a");
        RunKey run = mail.ready().getFirst().key();
        assertThat(queue().waiting(Line.INBOUND, 9, Optional.empty()).getFirst().inHand())
                .isTrue();
        assertThat(queue().hold(List.of(run))).isZero();
        assertThat(queue().drop(List.of(run), LATER)).isZero();
        giveBack(List.of(run));
        assertThat(claimedKeys(LATER)).containsExactly(run);
    }

    @Test
    default void whatWasClaimedMeanwhileRecordsOverTheWish() throws Exception {
        RunKey[] runs = waiting();
        assertThat(claimedKeys(LATER)).containsExactly(runs);
        queue().drop(List.of(runs), LATER);
        for (RunKey run : runs) {
            ledger().record(new Ledger.Entry(
                            Optional.empty(),
                            java.util.Map.of(run, new RunState.Done(RunState.How.COMPLETED)),
                            Optional.empty(),
                            Optional.empty()))
                    .get();
        }
        assertThat(ledger().states(runs[0].message()))
                .containsExactly(new RunState.Done(RunState.How.COMPLETED), new RunState.Done(RunState.How.COMPLETED));
        assertThat(queue().waiting(Line.INBOUND, 9, Optional.empty())).isEmpty();
    }

    @Test
    default void whatIsUnknownIsPassedOver() throws Exception {
        RunKey unknown = new RunKey(Samples.id(NOON), 0);
        assertThat(queue().hold(List.of(unknown))).isZero();
        assertThat(queue().release(List.of(unknown), LATER)).isZero();
        assertThat(queue().drop(List.of(unknown), LATER)).isZero();
    }
}
