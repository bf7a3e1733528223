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

    Lanes(IntSupplier freeRoom) {
        this.freeRoom = freeRoom;
    }

    Lane of(String destination, int concurrency) {
        if (lanes.size() > MANY) {
            lanes.values().removeIf(Lane::isIdle);
        }
        return lanes.computeIfAbsent(destination, name -> new Lane(name.isEmpty() ? UNBOUNDED : concurrency, freeRoom));
    }

    /** Destinations for which nothing more is to be claimed now. */
    Set<String> taken(Instant now) {
        return lanes.entrySet().stream()
                .filter(entry -> !entry.getValue().wantsMore(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
