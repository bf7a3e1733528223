package io.waypost.rules.run;

import io.waypost.message.Disposition;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.MailLog;
import io.waypost.message.port.Spool;
import io.waypost.rules.Action;
import io.waypost.rules.Rule;
import io.waypost.rules.RuleSets;
import io.waypost.rules.Rules;
import io.waypost.rules.run.camel.RuleSetRoutes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what accepted mails owe. Freshly accepted runs come in by {@link #offer}; everything else (retries, replays, what
 * a crash left behind, what found no room) is claimed from the ledger by one thread of the router's own. Each run has a
 * virtual thread while it is in hand, and only a bounded number is in hand: the rest waits in the ledger, not in memory.
 */
public final class Router implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final int CLAIM_AT_ONCE = 256;
    private static final int SHARE_WORTH_A_CLAIM = 4;
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(2);

    private final RouterSettings settings;
    private final RuleSets ruleSets;
    private final ActionRegistry actions;
    private final Ledger ledger;
    private final Recorder recorder;
    private final MailLog mailLog;
    private final Clock clock;
    private final Lanes lanes;
    private final RuleSetRoutes routes;
    private final Semaphore room;
    private final Semaphore bell = new Semaphore(0);
    /** Somebody found no room: whoever makes room tells the claimer. */
    private final AtomicBoolean crowded = new AtomicBoolean();

    private final Thread claimer;
    private final Map<RunKey, Thread> travelling = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    /** What is in hand is left to the next start. Whoever begins to travel now looks at it after having been put down. */
    private volatile boolean cutShort;

    public Router(
            RouterSettings settings,
            RuleSets ruleSets,
            ActionRegistry actions,
            Spool spool,
            Ledger ledger,
            MailLog mailLog,
            CamelContext camel,
            Clock clock,
            RandomGenerator random)
            throws Exception {
        this.settings = settings;
        this.ruleSets = ruleSets;
        this.actions = actions;
        this.ledger = ledger;
        this.mailLog = mailLog;
        this.clock = clock;
        this.recorder = new Recorder(ledger, settings.recordPause());
        this.room = new Semaphore(settings.inHand());
        this.lanes = new Lanes(room::availablePermits, this::ring);
        EffectStep step = new EffectStep(actions, spool, recorder, lanes, settings.schedule(), mailLog, clock, random);
        this.routes = new RuleSetRoutes(camel, actions.types(), step::carryOut);
        this.claimer = Thread.ofPlatform().name("router").unstarted(this::claimAll);
    }

    /** Begins to carry out what the ledger holds. */
    public void start() {
        claimer.start();
    }

    /** Takes the runs of a mail that was just committed. Returns at once; what finds no room is found in the ledger later. */
    public void offer(Spool.Committed committed) {
        for (Run run : committed.ready()) {
            if (!launch(run)) {
                putBack(run);
            }
        }
    }

    /** How many runs are in memory now. */
    public int inHand() {
        return settings.inHand() - room.availablePermits();
    }

    // Runs on the router's own thread.
    private void claimAll() {
        while (!stopping) {
            try {
                int launched = claimOnce();
                if (launched == 0) {
                    pause();
                }
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.error("claiming from the ledger failed, trying again: {}", e.toString());
                pauseAfterFault();
            }
        }
    }

    private int claimOnce() throws IOException {
        int free = Math.min(room.availablePermits(), CLAIM_AT_ONCE);
        if (free == 0) {
            crowded.set(true);
            return 0;
        }
        Instant now = clock.instant();
        int launched = 0;
        for (Run run : ledger.claim(now, free, lanes.taken(now))) {
            if (launch(run)) {
                launched++;
            } else {
                putBack(run);
            }
        }
        return launched;
    }

    /**
     * Until there is place again for what was left out, or another process may have replayed something. A lane rings when it has
     * place for many, and so does the room: a claim for each run that ends would cost more than the runs.
     */
    private void pause() throws InterruptedException {
        var unused = bell.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS);
        bell.drainPermits();
    }

    private void ring() {
        bell.release();
    }

    private void ringIfRoomy() {
        if (room.availablePermits() >= Math.max(1, settings.inHand() / SHARE_WORTH_A_CLAIM)
                && crowded.getAndSet(false)) {
            ring();
        }
    }

    private void pauseAfterFault() {
        try {
            // A ledger that works again tells nobody: there is no condition to wait for but time.
            Thread.sleep(PAUSE_AFTER_FAULT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void putBack(Run run) {
        ledger.giveBack(List.of(run.key()));
        // Whoever was in the way may have gone before the run could be claimed again.
        lanes.ringIfOpen(run.state().destination(), clock.instant());
        ringIfRoomy();
    }

    private boolean launch(Run run) {
        if (stopping) {
            return false;
        }
        if (!room.tryAcquire()) {
            crowded.set(true);
            return false;
        }
        Optional<RunInHand> hand = Optional.empty();
        try {
            hand = begin(run);
        } finally {
            if (hand.isEmpty()) {
                room.release();
            }
        }
        if (hand.isEmpty()) {
            return false;
        }
        RunInHand begun = hand.get();
        Thread.ofVirtual().name("run-" + run.key()).start(() -> travel(begun));
        return true;
    }

    /** Finds the run's rule and a place in the lane of its next action; nothing when there is no place. */
    private Optional<RunInHand> begin(Run run) {
        Rules ruleSet;
        Rule rule;
        try {
            ruleSet = ruleSets.find(run.planned().ruleSet(run.mail().plan().ruleSet()));
            rule = ruleSet.rule(run.planned().ruleName()).orElseThrow(() -> new IOException("no such rule"));
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "the rules of {} cannot be had ({} of {}), trying again later: {}",
                    run.key(),
                    run.planned().rule(),
                    run.mail().plan().ruleSet(),
                    e.toString());
            postpone(run);
            return Optional.empty();
        }
        OptionalInt first = FlowSteps.nextCarriedOut(rule, run.state().action());
        if (first.isEmpty() || run.state().isDropped()) {
            return Optional.of(RunInHand.begin(run, ruleSet, rule, false).end());
        }
        Action action = rule.actions().get(first.getAsInt());
        Instant now = clock.instant();
        if (!lanes.of(action.destination(run.planned()), actions.concurrency(action), now)
                .reserve(now)) {
            return Optional.empty();
        }
        return Optional.of(RunInHand.begin(run, ruleSet, rule, true));
    }

    /** Returns at once. Where the ledger takes nothing the run is due as it was: whoever calls this gives it back. */
    private void postpone(Run run) {
        var unused = ledger.record(later(run));
    }

    private Ledger.Entry later(Run run) {
        RunState.Ready state = run.state();
        Instant later = clock.instant().plus(settings.schedule().first());
        RunState postponed =
                new RunState.Ready(state.action(), state.attempts(), state.since(), later, state.destination());
        return new Ledger.Entry(Optional.empty(), Map.of(run.key(), postponed), Optional.empty(), Optional.empty());
    }

    // Runs on the run's virtual thread.
    private void travel(RunInHand hand) {
        RunKey key = hand.run().key();
        travelling.put(key, Thread.currentThread());
        try {
            if (cutShort) {
                LOG.debug("{} had not begun; it is carried out after the next start", key);
            } else if (hand.over()) {
                finishEmpty(hand);
            } else {
                routes.travel(hand);
            }
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted; it is carried out again after the next start", key);
        } catch (RuntimeException e) {
            if (cutShort) {
                LOG.debug("{} found the routes closed; it is carried out again after the next start", key);
            } else {
                LOG.error("{} stopped by a fault, trying again later", key, e);
                postponeForCertain(hand.run());
            }
        } finally {
            travelling.remove(key);
            room.release();
            ringIfRoomy();
        }
    }

    // The claim ends with the record only: one that is lost would leave the run to the next start.
    private void postponeForCertain(Run run) {
        try {
            var unused = recorder.record(later(run));
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted; it is carried out again after the next start", run.key());
        } catch (RuntimeException e) {
            LOG.error("{} cannot be put off; it is carried out again after the next start", run.key(), e);
        }
    }

    /** A rule whose actions are all flow has nothing to carry out, nor has a run that was dropped: it is done as it stands. */
    private void finishEmpty(RunInHand hand) throws InterruptedException {
        Map<RunKey, RunState> states = new HashMap<>();
        states.put(
                hand.run().key(),
                new RunState.Done(hand.run().state().isDropped() ? RunState.How.DROPPED : RunState.How.COMPLETED));
        Instant now = clock.instant();
        Disposition said = FlowSteps.ending(hand.rule(), hand.action());
        Waiters.decided(hand.run(), hand.ruleSet(), said, now, states);
        if (recorder.record(new Ledger.Entry(Optional.empty(), states, Optional.empty(), Optional.empty()))) {
            mailLog.record(new MailLog.Settled(hand.run().mail().id(), now));
        }
    }

    /** Claims no more, waits for what is in hand, and interrupts what takes longer: it is carried out again after the next start. */
    public void stop(Duration patience) throws InterruptedException {
        stopping = true;
        claimer.interrupt();
        boolean done = room.tryAcquire(settings.inHand(), patience.toMillis(), TimeUnit.MILLISECONDS);
        if (done) {
            // Nothing is launched any more; what is in hand is none, not all.
            room.release(settings.inHand());
        } else {
            cutShort = true;
            List<Thread> late = new ArrayList<>(travelling.values());
            LOG.info("{} effects are still on their way; they are carried out again after the next start", late.size());
            late.forEach(Thread::interrupt);
        }
        routes.close();
    }

    @Override
    public void close() throws InterruptedException {
        stop(Duration.ZERO);
    }
}
