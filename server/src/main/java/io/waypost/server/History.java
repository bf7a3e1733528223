package io.waypost.server;

import io.waypost.message.port.Ledger;
import io.waypost.message.sending.Sending;
import io.waypost.rules.book.RuleBook;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets the stories of mails that were settled long ago, and old versions of rule sets. Runs on a thread of its own, once an hour. */
final class History implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    private final Ledger ledger;
    private final RuleBook book;
    private final Duration kept;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("history").daemon().factory());

    History(Ledger ledger, RuleBook book, Duration kept, Clock clock) {
        this.ledger = ledger;
        this.book = book;
        this.kept = kept;
        this.clock = clock;
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(
                () -> {
                    forget();
                    forgetRules();
                },
                1,
                60,
                TimeUnit.MINUTES);
    }

    private void forget() {
        try {
            Instant now = clock.instant();
            int forgotten = ledger.forgetSettledBefore(now.minus(kept), now.minus(Sending.LINKS_LIVE));
            if (forgotten > 0) {
                LOG.info("forgot the history of {} mails settled more than {} days ago", forgotten, kept.toDays());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("old history could not be forgotten, trying again in an hour: {}", e.toString());
        }
    }

    private void forgetRules() {
        try {
            int forgotten = book.forgetOldVersions();
            if (forgotten > 0) {
                LOG.info("forgot {} old versions of rule sets that no mail is owed under", forgotten);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("old versions of rule sets could not be forgotten, trying again in an hour: {}", e.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
