package io.waypost.rules.run;

import io.waypost.message.RunKey;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the ledger until it is written. While the disk is full or failing, a run that has an outcome waits here: what was
 * done must not be done again for want of a row. Called on the runs' virtual threads.
 */
final class Recorder {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private final Ledger ledger;
    private final Duration pause;

    Recorder(Ledger ledger, Duration pause) {
        this.ledger = ledger;
        this.pause = pause;
    }

    /**
     * Returns when the entry is durable.
     *
     * @return whether the mail is settled by it
     * @throws InterruptedException at shutdown: the entry may be missing, and the effect is then carried out again at the next
     *     start
     */
    boolean record(Ledger.Entry entry) throws InterruptedException {
        boolean complained = false;
        while (true) {
            CompletableFuture<Boolean> written = ledger.record(entry);
            try {
                return written.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof StoreUnavailableException)) {
                    throw new IllegalStateException("the ledger cannot take " + entry.states(), e.getCause());
                }
                if (!complained) {
                    LOG.error(
                            "the ledger cannot be written, trying until it can: {}",
                            e.getCause().getMessage());
                    complained = true;
                }
                // A disk that works again tells nobody: there is no condition to wait for but time.
                Thread.sleep(pause);
            }
        }
    }

    void giveBack(RunKey run) {
        ledger.giveBack(List.of(run));
    }
}
