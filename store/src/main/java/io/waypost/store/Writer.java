package io.waypost.store;

import io.waypost.message.port.StoreUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The one that writes. A single platform thread takes everything that waits, appends and syncs the contents once, changes
 * and commits the rows once, and then lets all that waited go on. It never lingers for more: the next batch gathers while
 * this one syncs.
 *
 * <p>A commit of rows that fails leaves their fate open: SQLite may find it complete when it next reads its log. So before
 * anybody hears of the failure, a fence is written: a further transaction that takes back the mails of the failed one,
 * whether they are there or not, and overwrites what was left of it in the log.
 */
final class Writer {

    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    private static final int BATCH_JOBS = 1024;
    private static final long BATCH_BYTES = 32L * 1024 * 1024;
    private static final long FOREIGN_CHECK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int FENCE_TRIES = 10;
    private static final Duration FENCE_PAUSE = Duration.ofMillis(50);

    /** Opens the rows for writing. */
    interface Rows {
        RowWriter open() throws SQLException;
    }

    private final Rows source;
    private final Appender appender;
    private final Memory memory;
    private final BlockingQueue<Job<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final List<Job<?>> undecided = new ArrayList<>();
    private volatile boolean closing;
    private @Nullable RowWriter rows;
    private boolean failing;
    private long foreignChanges;
    private long foreignCheckedAt = System.nanoTime();

    /** @param rows open already, so that the start tells what is wrong with them */
    Writer(Rows source, RowWriter rows, Appender appender, Memory memory) throws SQLException {
        this.source = source;
        this.rows = rows;
        this.foreignChanges = rows.foreignChanges();
        this.appender = appender;
        this.memory = memory;
        this.thread = Thread.ofPlatform().name("waypost-store-writer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Hands a job over; its future tells what became of it. */
    void submit(Job<?> job) {
        queue.add(job);
        if (closing && !thread.isAlive()) {
            refuseRest();
        }
    }

    /** Does what was handed over before, then ends. */
    void close() {
        closing = true;
        queue.add(new WakeJob());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        refuseRest();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuseRest() {
        List<Job<?>> rest = new ArrayList<>();
        queue.drainTo(rest);
        rest.forEach(job -> job.answerFailure(new StoreUnavailableException(false, "the store is closed")));
    }

    private void run() {
        while (true) {
            List<Job<?>> batch = nextBatch();
            if (!batch.isEmpty()) {
                try {
                    write(batch);
                } catch (RuntimeException | Error e) {
                    log.error("the store's writer failed; its batch is refused", e);
                    giveUp(batch, e);
                }
            } else if (closing) {
                break;
            } else {
                lookForForeignChanges();
            }
        }
        dropRows();
    }

    private List<Job<?>> nextBatch() {
        List<Job<?>> batch = new ArrayList<>();
        Job<?> job = first();
        long bytes = 0;
        while (job != null) {
            batch.add(job);
            bytes += job.contentBytes();
            job = batch.size() < BATCH_JOBS && bytes < BATCH_BYTES ? queue.poll() : null;
        }
        return batch;
    }

    private @Nullable Job<?> first() {
        try {
            return closing ? queue.poll() : queue.poll(250, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Nobody has reason to interrupt this thread; what is promised is kept all the same.
            return queue.poll();
        }
    }

    private void write(List<Job<?>> batch) {
        try {
            List<Job<?>> ready = appendContents(batch);
            if (!ready.isEmpty()) {
                changeRows(ready);
            }
        } finally {
            appender.batchDecided();
        }
    }

    private List<Job<?>> appendContents(List<Job<?>> batch) {
        List<Job<?>> ready = new ArrayList<>(batch.size());
        try {
            for (Job<?> job : batch) {
                if (job.contentBytes() == 0 || append(job)) {
                    ready.add(job);
                }
            }
            appender.force();
            return ready;
        } catch (IOException e) {
            appender.poison();
            noteFailure("content cannot be written to its segment", e);
            StoreUnavailableException failure = Space.unavailable("content cannot be written", e);
            for (Job<?> job : batch) {
                if (job.contentBytes() > 0) {
                    job.answerFailure(failure);
                }
            }
            return batch.stream().filter(job -> job.contentBytes() == 0).toList();
        }
    }

    private boolean append(Job<?> job) throws IOException {
        try {
            job.append(appender);
            return true;
        } catch (StoreUnavailableException e) {
            job.answerFailure(e);
            return false;
        }
    }

    private void changeRows(List<Job<?>> batch) {
        RowWriter open;
        try {
            open = openRows();
        } catch (SQLException e) {
            refuse(batch, "the rows cannot be opened", e);
            return;
        }
        try {
            open.begin();
            for (Job<?> job : batch) {
                job.apply(open);
            }
        } catch (SQLException | IOException | RuntimeException e) {
            spoiled(batch, open, e);
            return;
        }
        try {
            open.commit();
        } catch (SQLException e) {
            resultUnknown(batch, e);
            return;
        }
        List<Answer<?>> answers = batch.stream().<Answer<?>>map(Answer::of).toList();
        // Behind the ends of claims: a search that leaves a run out for its claim must find that it was noted since it
        // began.
        open.due().forEach(run -> memory.timetable().note(run.destination(), run.due()));
        answer(answers);
        noteSuccess();
        foreignCheck(open);
    }

    /** A change failed before the commit: nothing of it can be carried out. */
    private void spoiled(List<Job<?>> batch, RowWriter open, Exception cause) {
        try {
            open.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
            dropRows();
        }
        if (!isJobsOwnFault(cause)) {
            dropRows();
            refuse(batch, "the rows cannot be written", cause);
        } else if (batch.size() == 1) {
            refuse(batch, "this cannot be stored", cause);
        } else {
            // One of them is to blame: each for itself, so that the others do not suffer.
            batch.forEach(job -> changeRows(List.of(job)));
        }
    }

    private static boolean isJobsOwnFault(Exception cause) {
        if (!(cause instanceof SQLiteException sql)) {
            return !(cause instanceof SQLException);
        }
        // The low byte is the kind of error, whatever its extension says.
        int kind = sql.getResultCode().code & 0xff;
        return kind == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || kind == SQLiteErrorCode.SQLITE_TOOBIG.code
                || kind == SQLiteErrorCode.SQLITE_MISMATCH.code;
    }

    private void resultUnknown(List<Job<?>> batch, SQLException cause) {
        noteFailure("a commit of rows failed; what may have become of it is taken back", cause);
        undecided.addAll(batch);
        dropRows();
        for (int i = 0; i < FENCE_TRIES && !undecided.isEmpty(); i++) {
            try {
                openRows();
            } catch (SQLException e) {
                cause.addSuppressed(e);
                LockSupport.parkNanos(FENCE_PAUSE.toNanos());
            }
        }
        refuse(batch, "the rows cannot be committed", cause);
    }

    private RowWriter openRows() throws SQLException {
        RowWriter open = rows;
        if (open != null) {
            return open;
        }
        open = source.open();
        boolean sound = false;
        try {
            if (!undecided.isEmpty()) {
                fence(open);
            }
            // First: what changes while it is counted is counted again.
            foreignChanges = open.foreignChanges();
            memory.recount(open.reader());
            sound = true;
        } finally {
            if (!sound) {
                // Whatever went wrong: a connection that is left within its transaction locks out all later ones.
                close(open);
            }
        }
        rows = open;
        return open;
    }

    private void fence(RowWriter open) throws SQLException {
        open.begin();
        for (Job<?> job : undecided) {
            job.undo(open);
        }
        open.fence();
        open.commit();
        undecided.clear();
    }

    private void dropRows() {
        if (rows != null) {
            close(rows);
            rows = null;
        }
    }

    private static void close(RowWriter open) {
        try {
            open.close();
        } catch (SQLException e) {
            log.warn("a connection to the rows did not close", e);
        }
    }

    private void refuse(List<Job<?>> batch, String what, Exception cause) {
        noteFailure(what, cause);
        StoreUnavailableException failure = Space.unavailable(what, cause);
        batch.forEach(job -> job.answerFailure(failure));
    }

    // A disk that is full for an hour is one line in the log, not one for each mail.
    private void noteFailure(String what, Exception cause) {
        if (failing) {
            log.debug("{}", what, cause);
        } else {
            log.error("the store refuses for now: {}", what, cause);
        }
        failing = true;
    }

    private void noteSuccess() {
        if (failing) {
            log.info("the store works again");
        }
        failing = false;
    }

    private void giveUp(List<Job<?>> batch, Throwable cause) {
        appender.poison();
        // Where it failed is not known, so neither is whether the rows were committed.
        batch.stream().filter(job -> !job.future().isDone()).forEach(undecided::add);
        dropRows();
        batch.forEach(job -> job.answerFailure(Space.unavailable("the store failed", cause)));
    }

    /** What a job whose rows are durable says. */
    private record Answer<T extends @Nullable Object>(Job<T> job, T value) {

        static <T extends @Nullable Object> Answer<T> of(Job<T> job) {
            return new Answer<>(job, job.committed());
        }

        void give() {
            job.answer(value);
        }
    }

    private static void answer(List<Answer<?>> answers) {
        List<Answer<?>> elsewhere = new ArrayList<>();
        for (Answer<?> answer : answers) {
            if (answer.job().onlyWakes()) {
                answer.give();
            } else {
                elsewhere.add(answer);
            }
        }
        if (!elsewhere.isEmpty()) {
            Thread.ofVirtual().name("waypost-store-answers").start(() -> elsewhere.forEach(Answer::give));
        }
    }

    private void lookForForeignChanges() {
        try {
            foreignCheck(openRows());
        } catch (SQLException e) {
            log.debug("the rows cannot be opened", e);
        }
    }

    // Another process of this folder (the command line) may have dropped a dead effect and with it a mail's bytes.
    private void foreignCheck(RowWriter open) {
        if (System.nanoTime() - foreignCheckedAt < FOREIGN_CHECK_NANOS) {
            return;
        }
        foreignCheckedAt = System.nanoTime();
        try {
            long changes = open.foreignChanges();
            if (changes != foreignChanges) {
                memory.recount(open.reader());
                foreignChanges = changes;
            }
        } catch (SQLException e) {
            log.warn("changes by other processes cannot be seen", e);
            dropRows();
        }
    }
}
