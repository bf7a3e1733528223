package io.waypost.outbound.source;

import io.waypost.outbound.port.SourceAddressChanges;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pools of source addresses: those of the configuration with what was changed since. A pool's addresses take turns; one that is new
 * is passed over when its day's share is used up. Safe for all threads.
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

    private final Map<String, List<SourceAddress>> configured;
    private final SourceAddressChanges changes;
    private final DayCounts counts;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile Placement placement;

    /** Pools that stay as they are; counts begin anew with each start. */
    public SourcePools(Map<String, List<SourceAddress>> pools, Clock clock) {
        this(pools, SourceAddressChanges.NONE, DayCounts.inMemory(clock));
    }

    /**
     * @param configured as the server's file has them
     * @param counts of today
     */
    public SourcePools(Map<String, List<SourceAddress>> configured, SourceAddressChanges changes, DayCounts counts) {
        this.configured = Map.copyOf(configured);
        this.changes = changes;
        this.counts = counts;
        this.placement = Placement.of(this.configured, changes.all());
    }

    /**
     * Chooses, and counts one recipient.
     *
     * @param pool as the mail names it
     * @param to where the connection shall go
     */
    public Choice choose(Optional<String> pool, InetAddress to) {
        List<SourceAddress> addresses = pools().get(pool.orElse(DEFAULT));
        if (addresses == null) {
            return pool.isEmpty() || pool.get().equals(DEFAULT)
                    ? new Choice.Any()
                    : new Choice.NotNow("there is no pool '" + pool.get() + "' of source addresses");
        }
        if (addresses.isEmpty()) {
            return new Choice.NotNow("the pool '" + pool.orElse(DEFAULT) + "' has no source address now");
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

    private Map<String, List<SourceAddress>> pools() {
        Placement known = placement;
        Map<InetAddress, SourceAddressChanges.Change> now = changes.all();
        if (known.after() != now) {
            known = Placement.of(configured, now);
            placement = known;
        }
        return known.pools();
    }

    private boolean count(SourceAddress source) {
        OptionalInt most = source.warmUp().map(it -> it.limit(counts.today())).orElse(OptionalInt.empty());
        return most.isEmpty() || counts.take(source.address(), most.getAsInt());
    }

    /** The recipient did not get the mail from there. */
    public void giveBack(SourceAddress source) {
        if (source.warmUp().isPresent()) {
            counts.giveBack(source.address());
        }
    }
}
