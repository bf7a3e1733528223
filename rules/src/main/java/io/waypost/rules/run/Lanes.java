package io.waypost.rules.run;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** All lanes by destination. Lanes that have nothing to remember are forgotten when there are many. Safe for all threads. */
final class Lanes {

    private static final int MANY = 10_000;

    // What leaves the process nowhere needs no lane of its own width.
    private static final int UNBOUNDED = 1 << 20;

    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final IntSupplier freeRoom;
    private final Runnable ring;
    private volatile int forgetAbove = MANY;

    /**
     * @param freeRoom how many more runs may be in hand in all
     * @param ring called when a lane that left runs in the ledger has place for many again
     */
    Lanes(IntSupplier freeRoom, Runnable ring) {
        this.freeRoom = freeRoom;
        this.ring = ring;
    }

    Lane of(String destination, int concurrency, Instant now) {
        if (lanes.size() > forgetAbove) {
            lanes.values().removeIf(lane -> lane.forget(now));
            // Where most have something to remember, looking through them again pays only behind as many new ones.
            forgetAbove = Math.max(MANY, 2 * lanes.size());
        }
        return lanes.computeIfAbsent(
                destination, name -> new Lane(name.isEmpty() ? UNBOUNDED : concurrency, freeRoom, ring));
    }

    /** Rings when the destination has place after all. */
    void ringIfOpen(String destination, Instant now) {
        Lane lane = lanes.get(destination);
        if (lane != null && lane.wantsMore(now)) {
            ring.run();
        }
    }

    /** Destinations for which nothing more is to be claimed now. */
    Set<String> taken(Instant now) {
        return lanes.entrySet().stream()
                .filter(entry -> entry.getValue().leavesOut(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
