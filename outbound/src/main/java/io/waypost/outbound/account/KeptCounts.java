package io.waypost.outbound.account;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts of each scope, kept in the store.
 *
 * <p>A scope's counts are written when something is counted and the last writing is ten seconds past, by the thread that counts, and by
 * {@link #close}. A process that is killed loses what was counted in the ten seconds after the last writing at most, and where the store
 * refuses, what was counted since. Nobody's mail waits for a count that cannot be written.
 */
final class KeptCounts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeptCounts.class);

    static final Duration WRITTEN_EVERY = Duration.ofSeconds(10);
    private static final String NAME = "counts";

    private final Settings settings;
    private final String kind;
    private final Clock clock;
    private final Supplier<Counts> fresh;
    private final Map<Scope, Kept> all = new ConcurrentHashMap<>();

    /** One scope's; guarded by itself. */
    private static final class Kept {
        final Counts counts;
        Instant writtenAt = Instant.EPOCH;
        boolean changed;

        Kept(Counts counts) {
            this.counts = counts;
        }
    }

    /** What is done with counts while nobody else changes them. */
    @FunctionalInterface
    interface Use<T extends @Nullable Object, E extends Exception> {
        T with(Counts counts, Instant now) throws E;
    }

    /**
     * Reads what was kept.
     *
     * @param kind of the settings
     */
    KeptCounts(Settings settings, String kind, Clock clock, Supplier<Counts> fresh) throws IOException {
        this.settings = settings;
        this.kind = kind;
        this.clock = clock;
        this.fresh = fresh;
        for (Settings.Setting setting : settings.list(kind)) {
            Counts counts = fresh.get();
            try {
                counts.read(setting.text());
            } catch (IllegalArgumentException e) {
                throw new IOException("the counts of " + setting.key() + " cannot be read", e);
            }
            all.put(setting.key().scope(), new Kept(counts));
        }
    }

    <T extends @Nullable Object> T look(Scope scope, Use<T, RuntimeException> use) {
        Kept kept = kept(scope);
        synchronized (kept) {
            return use.with(kept.counts, clock.instant());
        }
    }

    /** Changes counts; they are written when it is time. */
    <E extends Exception> void change(Scope scope, Use<@Nullable Void, E> use) throws E {
        Kept kept = kept(scope);
        synchronized (kept) {
            Instant now = clock.instant();
            use.with(kept.counts, now);
            kept.changed = true;
            if (!now.isBefore(kept.writtenAt.plus(WRITTEN_EVERY))) {
                write(scope, kept, now);
            }
        }
    }

    private Kept kept(Scope scope) {
        return all.computeIfAbsent(scope, any -> new Kept(fresh.get()));
    }

    private void write(Scope scope, Kept kept, Instant now) {
        // Also where it fails: the next try is ten seconds away.
        kept.writtenAt = now;
        try {
            settings.apply(List.of(new Change.Put(new Key(scope, kind, NAME), kept.counts.text(now))), now);
            kept.changed = false;
        } catch (IOException e) {
            LOG.warn("the counts {} of {} could not be written: {}", kind, scope, e.getMessage());
        }
    }

    /** Writes what has not been written. */
    @Override
    public void close() {
        all.forEach((scope, kept) -> {
            synchronized (kept) {
                if (kept.changed) {
                    write(scope, kept, clock.instant());
                }
            }
        });
    }
}
