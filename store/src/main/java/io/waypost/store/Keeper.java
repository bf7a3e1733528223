package io.waypost.store;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store's background work on two platform threads: one makes segments ready, one deletes files and runs the janitor. */
final class Keeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Keeper.class);

    private static final Duration JANITOR_PAUSE = Duration.ofSeconds(30);

    private final ScheduledExecutorService preparer = thread("waypost-store-preparer");
    private final ScheduledExecutorService cleaner = thread("waypost-store-cleaner");

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon(true).factory());
    }

    Executor preparer() {
        return preparer;
    }

    Executor cleaner() {
        return task -> {
            // A store that closes leaves files without a row behind: the next start deletes them.
            if (!cleaner.isShutdown()) {
                cleaner.execute(task);
            }
        };
    }

    void start(Janitor janitor) {
        ScheduledFuture<?> passes = cleaner.scheduleWithFixedDelay(
                () -> pass(janitor), JANITOR_PAUSE.toMillis(), JANITOR_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        log.debug("the janitor passes next in {} s", passes.getDelay(TimeUnit.SECONDS));
    }

    private static void pass(Janitor janitor) {
        try {
            janitor.pass();
        } catch (IOException | RuntimeException e) {
            log.warn("sparse segments cannot be cleared now; tried again later", e);
        }
    }

    @Override
    public void close() {
        end(preparer);
        end(cleaner);
    }

    private static void end(ScheduledExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(30, TimeUnit.SECONDS)) {
                log.warn("the store's background work did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
