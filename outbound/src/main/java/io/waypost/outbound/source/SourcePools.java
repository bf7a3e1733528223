package io.waypost.outbound.source;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pools of source addresses. A pool's addresses take turns; one that is new is passed over when its day's share is used up. What
 * was used is counted in memory: a restart begins the day anew. Safe for all threads.
 */
public final class SourcePools {

    /** The pool of mails that name none. */
    public static final String DEFAULT = "default";

    /** What a mail may go out from. */
    public sealed interface Choice {
        /** Any address: nothing is configured. */
        record Any() implements Choice {}

        /** This one; to be given back when it was not used. */
        record From(SourceAddress source) implements Choice {}

        /** The pool has none of this family. */
        record NotThisFamily() implements Choice {}

        /** Not now. */
        record NotNow(String reason) implements Choice {}
    }

    private final Map<String, List<SourceAddress>> pools;
    private final Clock clock;
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<InetAddress, Integer> used = new HashMap<>();
    private LocalDate day = LocalDate.EPOCH;

    public SourcePools(Map<String, List<SourceAddress>> pools, Clock clock) {
        this.pools = Map.copyOf(pools);
        this.clock = clock;
    }

    /**
     * Chooses, and counts one recipient.
     *
     * @param pool as the mail names it
     * @param to where the connection shall go
     */
    public Choice choose(Optional<String> pool, InetAddress to) {
        List<SourceAddress> addresses = pools.get(pool.orElse(DEFAULT));
        if (addresses == null) {
            return pool.isEmpty() || pool.get().equals(DEFAULT)
                    ? new Choice.Any()
                    : new Choice.NotNow("there is no pool '" + pool.get() + "' of source addresses");
        }
        List<SourceAddress> family = new ArrayList<>(addresses);
        family.removeIf(source -> source.address() instanceof Inet6Address != to instanceof Inet6Address);
        if (family.isEmpty()) {
            return new Choice.NotThisFamily();
        }
        int first = Math.floorMod(turn.getAndIncrement(), family.size());
        for (int i = 0; i < family.size(); i++) {
            SourceAddress source = family.get((first + i) % family.size());
            if (count(source)) {
                return new Choice.From(source);
            }
        }
        return new Choice.NotNow("today's share of all new source addresses is used up");
    }

    private synchronized boolean count(SourceAddress source) {
        if (source.warmUp().isEmpty()) {
            return true;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(day)) {
            used.clear();
            day = today;
        }
        int so = used.getOrDefault(source.address(), 0);
        if (so >= source.warmUp().get().limit(today).orElse(Integer.MAX_VALUE)) {
            return false;
        }
        used.put(source.address(), so + 1);
        return true;
    }

    /** The recipient did not get the mail from there. */
    public synchronized void giveBack(SourceAddress source) {
        used.computeIfPresent(source.address(), (address, so) -> Math.max(0, so - 1));
    }
}
