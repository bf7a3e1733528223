package io.waypost.store;

import io.waypost.message.EffectKey;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.port.StoreUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger of the embedded store. Claims are kept in memory: the folder belongs to this process alone. */
final class EmbeddedLedger extends RowLedger {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedLedger.class);

    private final Writer writer;
    private final Memory memory;
    private final Space space;
    private final Clock clock;
    private ForgetJob.Place passedOver = ForgetJob.Place.FIRST;
    // One search at a time: see Claims.
    private final ReentrantLock searching = new ReentrantLock();
    private final Queue<RunKey> notGivenBack = new ConcurrentLinkedQueue<>();

    EmbeddedLedger(Writer writer, Memory memory, Readers readers, Space space, Clock clock) {
        super(readers);
        this.writer = writer;
        this.memory = memory;
        this.space = space;
        this.clock = clock;
    }

    @Override
    public List<Run> claim(Instant now, int limit, Set<String> except) throws IOException {
        if (limit <= 0) {
            return List.of();
        }
        giveBackRest();
        searching.lock();
        try {
            readTimetable();
            // Before claims are looked at: one that ends from now on is noted behind this count.
            long began = memory.timetable().now();
            memory.claims().beginSearch();
            return readers().ask(rows -> {
                rows.begin();
                try {
                    return claim(rows, began, RowTime.nanos(now), limit, except);
                } finally {
                    rows.end();
                }
            });
        } finally {
            searching.unlock();
        }
    }

    private List<Run> claim(RowReader rows, long began, long until, int limit, Set<String> except)
            throws SQLException, IOException {
        DueRuns due = new DueRuns(rows.statements(), memory.claims(), memory.timetable(), began, until, except);
        List<Run> claimed = new ArrayList<>();
        boolean handedOver = false;
        try {
            Map<Long, MailRow> mails = new HashMap<>();
            for (DueRuns.Due next = due.next(); next != null; next = due.next()) {
                Optional<Run> run = readable(rows, next, mails);
                if (run.isPresent()) {
                    String destination = run.get().state().destination();
                    memory.claims()
                            .take(run.get().key(), Claims.run(next.mail(), next.index()), destination, next.due());
                    claimed.add(run.get());
                }
                if (claimed.size() == limit) {
                    break;
                }
            }
            due.finish();
            handedOver = true;
            return claimed;
        } finally {
            if (!handedOver) {
                // Nobody hears of them.
                giveBack(claimed.stream().map(Run::key).toList());
            }
        }
    }

    /** Nothing for a run whose mail cannot be read: it waits for the next start, and nobody else for it. */
    private Optional<Run> readable(RowReader rows, DueRuns.Due due, Map<Long, MailRow> mails) throws SQLException {
        try {
            return rows.readyRun(due.mail(), due.index(), mails);
        } catch (IOException | IllegalArgumentException e) {
            LOG.error(
                    "run {} of the mail with the number {} cannot be read, and is left until the next start: {}",
                    due.index(),
                    due.mail(),
                    e.getMessage());
            memory.claims().hide(Claims.run(due.mail(), due.index()));
            return Optional.empty();
        }
    }

    private void readTimetable() throws IOException {
        if (memory.timetable().takeDoubt()) {
            boolean read = false;
            try {
                read = readers().ask(rows -> {
                    rows.eachDestination(memory.timetable()::note);
                    return true;
                });
            } finally {
                if (!read) {
                    memory.timetable().doubt();
                }
            }
        }
    }

    @Override
    public void giveBack(Collection<RunKey> runs) {
        List<RunKey> held = new ArrayList<>();
        for (RunKey run : runs) {
            if (memory.claims().isHeld(run)) {
                held.add(run);
            } else {
                memory.claims().giveBack(run, memory.timetable());
            }
        }
        giveBackHeld(held);
    }

    private void giveBackHeld(List<RunKey> held) {
        if (held.isEmpty()) {
            return;
        }
        GiveBackJob job = new GiveBackJob(held, memory);
        // What the writer cannot do now is asked again with the next claim.
        job.future().exceptionally(failure -> {
            notGivenBack.addAll(held);
            return null;
        });
        writer.submit(job);
    }

    private void giveBackRest() {
        List<RunKey> rest = new ArrayList<>();
        for (RunKey run = notGivenBack.poll(); run != null; run = notGivenBack.poll()) {
            rest.add(run);
        }
        giveBackHeld(rest);
    }

    /** A revision in a file of its own is synced by the calling thread before this returns. */
    @Override
    public CompletableFuture<Boolean> record(Entry entry) {
        StoredDraft revision = null;
        Location location = null;
        if (entry.revision().isPresent()) {
            try {
                Revision given = entry.revision().get();
                revision = EmbeddedSpool.stored(given.draft());
                location = revision.inFile() ? revision.finishFile(given.run().message(), new byte[0]) : null;
            } catch (IOException e) {
                return CompletableFuture.failedFuture(Space.unavailable("a revision cannot be stored", e));
            }
        }
        RecordJob job = new RecordJob(entry, revision, location, clock.instant(), memory);
        writer.submit(job);
        return job.future();
    }

    @Override
    public boolean replay(EffectKey key, Instant now, String destination) throws IOException {
        ReplayJob job = new ReplayJob(key, now, destination);
        writer.submit(job);
        return job.await();
    }

    @Override
    public boolean drop(EffectKey key, Instant now) throws IOException {
        DropJob job = new DropJob(key, now, memory);
        writer.submit(job);
        return job.await();
    }

    @Override
    public synchronized int forgetSettledBefore(Instant moment, Instant withLinks) throws IOException {
        Instant linked = withLinks.isBefore(moment) ? withLinks : moment;
        Forgotten old = forget(ForgetJob.Place.FIRST, linked, false);
        // What was passed over for its links is not looked at again, but once after a start.
        Forgotten others = forget(passedOver, moment, true);
        passedOver = others.last();
        return old.mails() + others.mails();
    }

    private record Forgotten(int mails, ForgetJob.Place last) {}

    private Forgotten forget(ForgetJob.Place from, Instant before, boolean keepLinked) throws IOException {
        int forgotten = 0;
        ForgetJob.Step step = new ForgetJob.Step(0, from, true);
        while (step.more()) {
            ForgetJob job = new ForgetJob(step.next(), before, keepLinked);
            writer.submit(job);
            step = job.await();
            forgotten += step.forgotten();
        }
        return new Forgotten(forgotten, step.next());
    }

    @Override
    public Figures figures(Instant now) throws IOException {
        long limit = RowTime.nanos(now);
        long dead = readers().ask(RowReader::deadCount);
        Timetable.Stop first = memory.timetable().next(null);
        long oldest = first == null ? Long.MAX_VALUE : first.due();
        oldest = Math.min(oldest, memory.claims().oldest().orElse(Long.MAX_VALUE));
        Duration age = oldest > limit ? Duration.ZERO : Duration.between(RowTime.moment(oldest), now);
        return new Figures(memory.unsettled(), dead, age, freeBytes());
    }

    private long freeBytes() throws StoreUnavailableException {
        try {
            return space.usable();
        } catch (IOException e) {
            throw Space.unavailable("the free room of the store's disk cannot be told", e);
        }
    }
}
