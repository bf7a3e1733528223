package io.waypost.message.port;

import io.waypost.message.Attempt;
import io.waypost.message.EffectKey;
import io.waypost.message.Mail;
import io.waypost.message.MessageId;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.sending.Sending;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What is owed and what was done, run by run. A run is held by at most one claimant: whoever claimed it records its new
 * state or gives it back; a claimant that dies loses its claims, never the runs.
 */
public interface Ledger {

    /**
     * Claims runs that are {@link RunState.Ready} and due, oldest due first.
     *
     * @param now runs due at or before this moment
     * @param limit at most so many
     * @param except destinations that take nothing more at present
     */
    List<Run> claim(Instant now, int limit, Set<String> except) throws IOException;

    /** Gives claimed runs back unchanged: they are due again as they were. Never fails; what cannot be told is found again after a restart. */
    void giveBack(Collection<RunKey> runs);

    /**
     * Writes down what happened. Returns at once; the future completes when it is durable, and fails with
     * {@link StoreUnavailableException} when it is not certain to be (the run stays claimed; the caller records again or dies).
     * Entries of one caller become durable in the order of the calls. A mail whose last run becomes {@link RunState.Done} is
     * settled in the same commit, and its bytes are released; the future then says true.
     */
    CompletableFuture<Boolean> record(Entry entry);

    /**
     * One step of one run.
     *
     * @param attempt what was tried, or empty when only the state changes
     * @param states the new states; a run that becomes Ready with a time in the future, Done or Dead is no longer claimed, and
     *     one that becomes Ready for its next action at once stays claimed when {@code keepClaim} names it
     * @param keepClaim the run that its claimant goes on with, if any
     * @param revision what an action left in place of the content, stored in the same commit as the new content of the attempt's
     *     run; the draft is then spent
     */
    record Entry(
            Optional<Attempt> attempt,
            Map<RunKey, RunState> states,
            Optional<RunKey> keepClaim,
            Optional<Revision> revision) {
        public Entry {
            states = Map.copyOf(states);
        }

        public static Entry of(Attempt attempt, RunKey run, RunState state) {
            return new Entry(Optional.of(attempt), Map.of(run, state), Optional.empty(), Optional.empty());
        }
    }

    /** New content for one run. */
    record Revision(RunKey run, Draft draft) {}

    /** All runs of a mail and their states, in plan order; empty when the mail is unknown. */
    List<RunState> states(MessageId id) throws IOException;

    /** Everything known of one mail, settled or not, for as long as history is kept. */
    Optional<Story> story(MessageId id) throws IOException;

    /**
     * @param mail the mail as accepted
     * @param states its runs' states, in plan order
     * @param attempts every attempt, oldest first
     * @param settledAt when the last run was done
     */
    record Story(Mail mail, List<RunState> states, List<Attempt> attempts, Optional<Instant> settledAt) {
        public Story {
            states = List.copyOf(states);
            attempts = List.copyOf(attempts);
        }
    }

    /** Dead runs, oldest first, behind {@code after} in that order. */
    List<DeadEffect> dead(int limit, Optional<EffectKey> after) throws IOException;

    /** One effect that gave up. */
    record DeadEffect(EffectKey key, RunKey run, Mail mail, RunState.Dead state) {}

    /**
     * Makes a dead effect ready again from its action on, with a fresh give-up window.
     *
     * @return false when there is no such dead effect
     */
    boolean replay(EffectKey key, Instant now, String destination) throws IOException;

    /** Ends a dead effect's run for good; its mail may thereby be settled and its bytes released. */
    boolean drop(EffectKey key, Instant now) throws IOException;

    /**
     * Forgets mails that were settled before a moment; returns how many. Unsettled mail is never forgotten.
     *
     * @param withLinks the moment for mails that have links which tell of them ({@link Sending#hasLinks}); where it is the later one,
     *     {@code moment} counts for them, too
     */
    int forgetSettledBefore(Instant moment, Instant withLinks) throws IOException;

    /** Figures for metrics; may be a second old. */
    Figures figures(Instant now) throws IOException;

    /**
     * @param unsettled mails with an open run
     * @param dead runs that gave up
     * @param oldestDue age of the oldest run that is ready and due, zero when there is none
     * @param freeBytes room left where content is kept
     */
    record Figures(long unsettled, long dead, Duration oldestDue, long freeBytes) {}
}
