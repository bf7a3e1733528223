package io.waypost.api.identity.check;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.Chore;
import io.waypost.api.identity.Confirmation;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.IdentityBook;
import io.waypost.api.identity.IdentityName;
import io.waypost.api.identity.Proof;
import io.waypost.api.identity.Refresh;
import io.waypost.api.identity.Verification;
import io.waypost.api.identity.VerificationState;
import io.waypost.message.Scope;
import io.waypost.message.port.Dns;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the proofs of all identities up to date. One virtual thread goes round; each identity that is due is looked at on a virtual
 * thread of its own, at most {@value #AT_ONCE} at once, and {@value #WAITED_FOR_AT_ONCE} more for those who wait. {@link #now} may be
 * called by all threads.
 */
public final class Verifier implements Refresh, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Verifier.class);

    private static final int AT_ONCE = 8;
    private static final int WAITED_FOR_AT_ONCE = 32;
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(3);

    private record Which(Scope scope, IdentityName name) {}

    private final IdentityBook book;
    private final Look look;
    private final Duration stayPublished;
    private final Chore chore;
    private final Clock clock;
    private final Map<Which, Instant> looked = new ConcurrentHashMap<>();
    private final Semaphore inRounds = new Semaphore(AT_ONCE);
    /** Of their own, so that nobody waits behind ten thousand names whose servers are silent. */
    private final Semaphore waitedFor = new Semaphore(WAITED_FOR_AT_ONCE);

    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param hostname this server's own name
     * @param verification with {@code AT_ONCE}, what is still open is found without asking anybody
     * @param stayPublished how long a key's record is needed after its last signature
     * @param chore done before each round
     */
    public Verifier(
            IdentityBook book,
            Dns dns,
            String hostname,
            Verification verification,
            Duration stayPublished,
            Chore chore,
            Clock clock) {
        this.book = book;
        this.stayPublished = stayPublished;
        this.chore = chore;
        this.look = verification == Verification.AT_ONCE ? Look.FINDS_ALL : new DnsLook(dns, hostname);
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("identities").unstarted(this::rounds);
    }

    public void start() {
        thread.start();
    }

    /** What is found after this is not kept; returns at once. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    @Override
    public Optional<Instant> lastLooked(Identity identity) {
        return Optional.ofNullable(looked.get(which(identity)));
    }

    private void rounds() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                roundOrLog();
                // Between rounds there is nothing to wait for but time, behind one that failed above all.
                Thread.sleep(ROUND);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void roundOrLog() throws InterruptedException {
        try {
            chore.done();
        } catch (IOException e) {
            log.warn("what was asked for on the command line waits: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("what was asked for on the command line could not be done", e);
        }
        try {
            round();
        } catch (RuntimeException e) {
            log.error("identities could not be looked at", e);
        }
    }

    /** Looks at all that are due, and waits for them. */
    void round() throws InterruptedException {
        Instant now = clock.instant();
        List<Identity> all = book.all();
        List<Identity> due = all.stream()
                .filter(identity -> Schedule.pause(identity, now)
                        .filter(pause -> isMine(identity, pause, now))
                        .isPresent())
                .toList();
        started(due, inRounds).await();
        forgetRemoved(all);
    }

    @Override
    public void now(List<Identity> identities) {
        Instant now = clock.instant();
        List<Identity> open = identities.stream()
                .filter(identity -> Schedule.isOpen(identity) && isMine(identity, BETWEEN_REFRESHES, now))
                .toList();
        try {
            boolean done = started(open, waitedFor).await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            if (!done) {
                log.debug("not all of {} identities were looked at in time", open.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether nobody has looked for so long; then the caller must. */
    private boolean isMine(Identity identity, Duration pause, Instant now) {
        boolean[] mine = {false};
        looked.compute(which(identity), (_, last) -> {
            mine[0] = last == null || !now.isBefore(last.plus(pause));
            return mine[0] || last == null ? now : last;
        });
        return mine[0];
    }

    private CountDownLatch started(List<Identity> mine, Semaphore permits) {
        CountDownLatch open = new CountDownLatch(mine.size());
        for (Identity identity : mine) {
            Thread.ofVirtual().name("identity " + identity.name()).start(() -> {
                permits.acquireUninterruptibly();
                try {
                    lookAt(identity);
                } finally {
                    permits.release();
                    open.countDown();
                }
            });
        }
        return open;
    }

    private void lookAt(Identity identity) {
        try {
            Look.Found found = look.at(identity);
            if (closed) {
                return;
            }
            Instant now = clock.instant();
            book.change(
                    identity.scope(),
                    identity.name(),
                    before -> before.map(there -> {
                        Identity after = addressInTime(found.in(there, now, stayPublished), now);
                        FindingLog.tell(there, after);
                        return after;
                    }));
        } catch (IOException e) {
            log.warn("what was found about {} could not be kept: {}", identity.name(), e.getMessage());
        } catch (ServiceException e) {
            throw new IllegalStateException("a finding is no request", e);
        } catch (RuntimeException e) {
            log.error("identity {} could not be looked at", identity.name(), e);
        }
    }

    /** The link of an address is good for a day; then the owner has not answered. */
    private static Identity addressInTime(Identity identity, Instant now) {
        Proof proof = identity.ownership().proof();
        boolean over = identity.name().isAddress()
                && proof.state() == VerificationState.PENDING
                && identity.ownership()
                        .confirmation()
                        .map(link -> link.isOver(now))
                        .orElse(!now.isBefore(proof.since().plus(Confirmation.VALID)));
        return over
                ? identity.withOwnership(identity.ownership()
                        .withProof(new Proof(VerificationState.FAILED, now, proof.lastSuccess(), proof.fault())))
                : identity;
    }

    private void forgetRemoved(List<Identity> all) {
        looked.keySet().retainAll(all.stream().map(Verifier::which).collect(Collectors.toSet()));
    }

    private static Which which(Identity identity) {
        return new Which(identity.scope(), identity.name());
    }
}
