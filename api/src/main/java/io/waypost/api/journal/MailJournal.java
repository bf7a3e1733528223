package io.waypost.api.journal;

import io.waypost.config.MailLogSettings;
import io.waypost.message.port.MailLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each state change of a mail as one line of JSON to a file of its own. Callers leave the event and go on; one thread writes.
 *
 * <p>The work in hand is bounded. What finds no room, or cannot be written because the disk does not take it, is counted and told
 * by a line of its own ({@code gap}) when there is room again: mail is never held up for its log, and what must not be lost is in the
 * ledger.
 */
public final class MailJournal implements MailLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MailJournal.class);

    /** Events and recipients that may wait to be written. */
    static final int MOST_WAITING = 50_000;

    private static final int BATCH = 500;
    private static final long IDLE_MILLIS = 200;
    private static final long CLOSE_SECONDS = 5;

    private final JournalFiles files;
    private final Clock clock;
    private final int mostWaiting;
    private final LinkedBlockingQueue<Event> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer;
    private volatile boolean closed;
    private long told;
    private boolean failing;

    /** Begins to write; the file is made with the first record. */
    public MailJournal(MailLogSettings settings, Clock clock) {
        this(settings, clock, MOST_WAITING);
    }

    MailJournal(MailLogSettings settings, Clock clock, int mostWaiting) {
        this.files = new JournalFiles(settings, clock);
        this.clock = clock;
        this.mostWaiting = mostWaiting;
        this.writer = Thread.ofPlatform().name("mail-journal").daemon().start(this::write);
    }

    @Override
    public void record(Event event) {
        int weight = weight(event);
        if (closed || waiting.addAndGet(weight) > mostWaiting) {
            if (!closed) {
                waiting.addAndGet(-weight);
            }
            dropped.incrementAndGet();
            return;
        }
        queue.add(event);
    }

    /** How many records were not written, since the start. */
    public long dropped() {
        return dropped.get();
    }

    /** Writes what waits, for five seconds at most, and ends. Later records are counted as dropped. */
    @Override
    public void close() {
        closed = true;
        try {
            if (!writer.join(Duration.ofSeconds(CLOSE_SECONDS))) {
                LOG.warn("the log of mails was not written to its end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // The memory an event holds grows with its recipients.
    private static int weight(Event event) {
        return switch (event) {
            case Accepted it -> 1 + it.mail().envelope().to().size();
            case Refused it -> 1 + it.to().size();
            default -> 1;
        };
    }

    private void write() {
        List<Event> batch = new ArrayList<>(BATCH);
        while (!closed || !queue.isEmpty()) {
            take(batch);
            if (!batch.isEmpty()) {
                write(batch);
                batch.forEach(event -> waiting.addAndGet(-weight(event)));
                batch.clear();
            }
        }
        try {
            files.close();
        } catch (IOException e) {
            LOG.warn("the log of mails cannot be closed: {}", e.toString());
        }
    }

    private void take(List<Event> batch) {
        try {
            Event first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
            }
        } catch (InterruptedException e) {
            // Nobody but close() ends this thread.
        }
    }

    private void write(List<Event> batch) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        try {
            tellGap(line);
            for (Event event : batch) {
                line.reset();
                JournalLine.write(event, line);
                files.append(line.toByteArray(), line.size());
            }
            files.flush();
            failing = false;
        } catch (IOException | RuntimeException e) {
            // Some of them may have reached the file; none of them is certain.
            dropped.addAndGet(batch.size());
            failed(e);
        }
    }

    private void tellGap(ByteArrayOutputStream line) throws IOException {
        long gap = dropped.get() - told;
        if (gap > 0) {
            line.reset();
            JournalLine.writeGap(clock.instant(), gap, line);
            files.append(line.toByteArray(), line.size());
            told += gap;
        }
    }

    private void failed(Exception e) {
        if (!failing) {
            LOG.warn("the log of mails cannot be written, records are dropped until it can: {}", String.valueOf(e));
        }
        failing = true;
        try {
            files.close();
        } catch (IOException again) {
            LOG.debug("nor can it be closed", again);
        }
    }
}
