package io.waypost.rules.run;

import io.waypost.message.Attempt;
import io.waypost.message.Disposition;
import io.waypost.message.EffectKey;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.Outcome;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.MailLog;
import io.waypost.message.port.Spool;
import io.waypost.rules.Action;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One action of one run: enter its lane, carry it out, write down what came of it. Runs on the virtual thread of its run.
 *
 * <p>What if the process dies here? Before {@code perform}: nothing happened, the row still says so. Behind it and before the
 * commit: the effect is carried out again with the same key. Behind the commit: the next action begins.
 */
public final class EffectStep {

    private static final Logger LOG = LoggerFactory.getLogger(EffectStep.class);
    private static final int MOST_DETAIL = 500;

    private final ActionRegistry actions;
    private final Spool spool;
    private final Recorder recorder;
    private final Lanes lanes;
    private final RetrySchedule schedule;
    private final MailLog mailLog;
    private final Clock clock;
    private final RandomGenerator random;

    EffectStep(
            ActionRegistry actions,
            Spool spool,
            Recorder recorder,
            Lanes lanes,
            RetrySchedule schedule,
            MailLog mailLog,
            Clock clock,
            RandomGenerator random) {
        this.actions = actions;
        this.spool = spool;
        this.recorder = recorder;
        this.lanes = lanes;
        this.schedule = schedule;
        this.mailLog = mailLog;
        this.clock = clock;
        this.random = random;
    }

    /** Carries out the run's next action and answers where the run stands then. Nothing is done for a run that is over. */
    public RunInHand carryOut(RunInHand hand) throws InterruptedException {
        if (hand.over()) {
            return hand;
        }
        int index = FlowSteps.nextCarriedOut(hand.rule(), hand.action()).orElseThrow();
        Action action = hand.rule().actions().get(index);
        Lane lane = lanes.of(action.destination(hand.run().planned()), actions.concurrency(action), clock.instant());
        if (!hand.reserved() && !lane.reserve(clock.instant())) {
            recorder.giveBack(hand.run().key());
            return hand.end();
        }
        try {
            lane.enter();
        } catch (InterruptedException e) {
            lane.giveUpPlace();
            throw e;
        }
        Tried tried;
        try {
            tried = attempt(hand, index, action);
        } finally {
            lane.leave();
        }
        judge(lane, tried.attempt());
        return record(hand, index, tried);
    }

    private record Tried(
            Attempt attempt, Effect effect, @Nullable Draft revision) {}

    private Tried attempt(RunInHand hand, int index, Action action) throws InterruptedException {
        Mail mail = hand.run().mail();
        Instant begun = clock.instant();
        EffectKey key = new EffectKey(
                mail.id(), mail.plan().ruleSet(), hand.run().planned().rule(), index);
        Taken revision = new Taken();
        Effect effect = new Effect(
                key,
                hand.attempts() + 1,
                begun,
                mail,
                hand.run().planned(),
                hand.rule(),
                content(hand, index),
                revision);
        Outcome outcome = perform(action, effect);
        if (outcome instanceof Outcome.Retry retry && schedule.isOver(hand.since(), clock.instant())) {
            outcome = lastWord(action, effect, retry);
        }
        if (!(outcome instanceof Outcome.Done)) {
            revision.discard();
        }
        Duration took = Duration.between(begun, clock.instant());
        return new Tried(
                new Attempt(key, effect.attempt(), action.destination(hand.run().planned()), begun, took, outcome),
                effect,
                revision.last);
    }

    private MessageContent content(RunInHand hand, int index) {
        return new LazyContent(() -> {
            MessageContent base = hand.revisedBy().isPresent()
                    ? spool.revision(hand.run().key())
                            .orElseThrow(() -> new IOException(
                                    "the revised content of " + hand.run().key() + " is missing"))
                    : spool.content(hand.run().mail().id());
            return base.withFieldsOnTop(FlowSteps.fieldsOnTop(
                    hand.run().mail().plan(), hand.ruleSet(), hand.run().index(), index, hand.revisedBy()));
        });
    }

    private Outcome perform(Action action, Effect effect) throws InterruptedException {
        try {
            return actions.perform(action, effect);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.debug("effect {} failed", effect.key(), e);
            return Outcome.retry(describe(e));
        }
    }

    private Outcome lastWord(Action action, Effect effect, Outcome.Retry retry) throws InterruptedException {
        try {
            return actions.givingUp(action, effect, retry.detail())
                    .orElseGet(() -> Outcome.failed("gave up after " + schedule.giveUpAfter() + ": " + retry.detail()));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // Telling failed, so nobody knows yet: it stays as it was and is told at the next attempt.
            return Outcome.retry(retry.detail() + "; giving up failed: " + describe(e));
        }
    }

    private void judge(Lane lane, Attempt attempt) {
        if (attempt.destination().isEmpty()) {
            return;
        }
        if (attempt.outcome() instanceof Outcome.Retry retry && !retry.alone()) {
            lane.failed(clock.instant(), random);
        } else {
            lane.succeeded();
        }
    }

    private RunInHand record(RunInHand hand, int index, Tried tried) throws InterruptedException {
        Instant now = clock.instant();
        RunKey run = hand.run().key();
        Map<RunKey, RunState> states = new HashMap<>();
        RunInHand next = hand.end();
        switch (tried.attempt().outcome()) {
            case Outcome.Done done -> {
                Disposition disposition =
                        FlowSteps.afterwards(hand.rule().actions().get(index), done.disposition());
                OptionalInt following = disposition == Disposition.CONTINUE
                        ? FlowSteps.nextCarriedOut(hand.rule(), index + 1)
                        : OptionalInt.empty();
                if (following.isPresent()) {
                    OptionalInt revisedBy = tried.revision() == null ? hand.revisedBy() : OptionalInt.of(index);
                    next = hand.goOnWith(following.getAsInt(), now, revisedBy);
                    states.put(run, ready(hand, following.getAsInt(), now));
                } else {
                    states.put(run, new RunState.Done(RunState.How.COMPLETED));
                    Disposition said = disposition == Disposition.CONTINUE
                            ? FlowSteps.ending(hand.rule(), index + 1)
                            : disposition;
                    Waiters.decided(hand.run(), hand.ruleSet(), said, now, states);
                }
            }
            case Outcome.Retry retry -> {
                int failures = hand.attempts() + 1;
                Instant at = schedule.next(
                        now,
                        failures,
                        retry.notBefore(),
                        actions.end(hand.rule().actions().get(index), tried.effect()),
                        random);
                states.put(
                        run,
                        new RunState.Ready(
                                index,
                                failures,
                                hand.since(),
                                at,
                                tried.attempt().destination()));
            }
            case Outcome.Failed failed -> {
                states.put(run, new RunState.Dead(index, hand.attempts() + 1, now, shortened(failed.detail())));
                Disposition said = FlowSteps.afterFailure(hand.rule().actions().get(index));
                Waiters.decided(hand.run(), hand.ruleSet(), said, now, states);
            }
        }
        Ledger.Entry entry = new Ledger.Entry(
                Optional.of(tried.attempt()),
                states,
                next.over() ? Optional.empty() : Optional.of(run),
                Optional.ofNullable(tried.revision()).map(draft -> new Ledger.Revision(run, draft)));
        boolean settled = recorder.record(entry);
        tell(tried.attempt(), run, now, settled);
        return next;
    }

    private static RunState ready(RunInHand hand, int action, Instant now) {
        return new RunState.Ready(
                action,
                0,
                now,
                now,
                hand.rule().actions().get(action).destination(hand.run().planned()));
    }

    private void tell(Attempt attempt, RunKey run, Instant now, boolean settled) {
        mailLog.record(new MailLog.Attempted(attempt));
        if (attempt.outcome() instanceof Outcome.Failed failed) {
            mailLog.record(new MailLog.Died(attempt.effect(), run, now, failed.detail()));
        }
        if (settled) {
            mailLog.record(new MailLog.Settled(run.message(), now));
        }
    }

    private static String describe(Exception e) {
        String message = e.getMessage();
        String name = e.getClass().getSimpleName();
        return shortened(message == null ? name : name + ": " + message);
    }

    private static String shortened(String detail) {
        return detail.length() <= MOST_DETAIL ? detail : detail.substring(0, MOST_DETAIL) + " ...";
    }

    /** Holds the last draft an action handed in. */
    private final class Taken implements Effect.Revisions {
        private @Nullable Draft last;

        @Override
        public Draft draft() throws IOException {
            return spool.draft(-1);
        }

        @Override
        public void replaceWith(Draft draft) {
            discard();
            last = draft;
        }

        private void discard() {
            if (last != null) {
                last.close();
                last = null;
            }
        }
    }
}
