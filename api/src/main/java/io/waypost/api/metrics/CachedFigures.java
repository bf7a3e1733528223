package io.waypost.api.metrics;

import io.waypost.message.port.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures that are asked for once a second at most, so that one scrape is one question to the store. Never throws: when the store
 * cannot answer there are no figures. Any thread; one asks, others meanwhile take what is there.
 */
final class CachedFigures {

    private static final Logger LOG = LoggerFactory.getLogger(CachedFigures.class);
    private static final long MAX_AGE = Duration.ofSeconds(1).toNanos();

    private final FiguresSource source;
    private final LongSupplier nanos;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Held held;

    private record Held(Optional<Ledger.Figures> figures, long at) {}

    CachedFigures(FiguresSource source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
        this.held = new Held(Optional.empty(), nanos.getAsLong() - MAX_AGE);
    }

    Optional<Ledger.Figures> figures() {
        if (nanos.getAsLong() - held.at >= MAX_AGE && asking.tryLock()) {
            try {
                held = new Held(ask(), nanos.getAsLong());
            } finally {
                asking.unlock();
            }
        }
        return held.figures;
    }

    private Optional<Ledger.Figures> ask() {
        try {
            return Optional.of(source.figures());
        } catch (IOException | RuntimeException e) {
            LOG.warn("the store's figures cannot be read: {}", e.toString());
            return Optional.empty();
        }
    }
}
