package io.waypost.outbound.source;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import io.waypost.message.port.Settings.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many recipients each new address has reached today, in UTC. Safe for all threads.
 *
 * <p>Counts are written when something is counted and the last writing is ten seconds past, and by {@link #close}: a process that is
 * killed loses what was counted in the ten seconds after the last writing at most. Nobody's mail waits for a count that cannot be
 * written.
 */
public final class DayCounts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DayCounts.class);

    private static final Duration WRITTEN_EVERY = Duration.ofSeconds(10);
    private static final Key KEY = new Key(new Scope("server", "-"), "source-address-counts", "today");

    private final Optional<Settings> settings;
    private final Clock clock;
    private final Map<InetAddress, Integer> used = new HashMap<>();
    private LocalDate day = LocalDate.EPOCH;
    private Instant writtenAt = Instant.EPOCH;
    private boolean changed;

    private DayCounts(Optional<Settings> settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Counts that nobody keeps. */
    static DayCounts inMemory(Clock clock) {
        return new DayCounts(Optional.empty(), clock);
    }

    /** @throws IOException when what was kept cannot be read */
    public static DayCounts load(Settings settings, Clock clock) throws IOException {
        DayCounts counts = new DayCounts(Optional.of(settings), clock);
        Optional<Setting> kept = settings.find(KEY);
        if (kept.isPresent()) {
            counts.read(kept.get().text());
        }
        return counts;
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Counts one more, unless there are as many as may be. */
    synchronized boolean take(InetAddress address, int most) {
        LocalDate today = today();
        if (!today.equals(day)) {
            used.clear();
            day = today;
        }
        int so = used.getOrDefault(address, 0);
        if (so >= most) {
            return false;
        }
        used.put(address, so + 1);
        keep();
        return true;
    }

    synchronized void giveBack(InetAddress address) {
        if (used.computeIfPresent(address, (_, so) -> Math.max(0, so - 1)) != null) {
            keep();
        }
    }

    private void keep() {
        changed = true;
        Instant now = clock.instant();
        if (!now.isBefore(writtenAt.plus(WRITTEN_EVERY))) {
            write(now);
        }
    }

    private void write(Instant now) {
        if (settings.isEmpty()) {
            return;
        }
        // Also where it fails: the next try is ten seconds away.
        writtenAt = now;
        try {
            settings.get().apply(List.of(new Change.Put(KEY, text())), now);
            changed = false;
        } catch (IOException e) {
            LOG.warn("the counts of new source addresses could not be written: {}", e.getMessage());
        }
    }

    // The day, then an address and its count a line.
    private String text() {
        StringBuilder text = new StringBuilder(day.toString()).append('\n');
        used.forEach((address, count) ->
                text.append(address.getHostAddress()).append(' ').append(count).append('\n'));
        return text.toString();
    }

    private void read(String text) throws IOException {
        try {
            String[] lines = text.split("\n");
            day = LocalDate.parse(lines[0]);
            for (int i = 1; i < lines.length; i++) {
                int blank = lines[i].indexOf(' ');
                used.put(
                        InetAddress.ofLiteral(lines[i].substring(0, blank)),
                        Integer.parseInt(lines[i].substring(blank + 1)));
            }
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("the counts of new source addresses cannot be read: " + text, e);
        }
    }

    /** Writes what has not been written. */
    @Override
    public synchronized void close() {
        if (changed) {
            write(clock.instant());
        }
    }
}
