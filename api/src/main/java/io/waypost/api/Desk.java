package io.waypost.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.api.aws.Door;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What all requests to the APIs share: limits, memory, places, and whoever answers. All threads. */
final class Desk {

    private final ApiLimits limits;
    private final Door door;
    private final BodyMemory memory;
    private final Semaphore places;
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

    Desk(ApiLimits limits, Door door, MeterRegistry registry) {
        this.limits = limits;
        this.door = door;
        this.memory = new BodyMemory(limits.allBodies());
        this.places = new Semaphore(limits.inHand(), true);
        for (Refusal refusal : Refusal.values()) {
            refused.put(
                    refusal,
                    Counter.builder("waypost.api.refused")
                            .description("Requests to the APIs that the HTTP port refused by itself")
                            .tag("reason", refusal.label())
                            .register(registry));
        }
    }

    ApiLimits limits() {
        return limits;
    }

    Door door() {
        return door;
    }

    BodyMemory memory() {
        return memory;
    }

    /** Waits for a place among the requests in hand; false when none comes free in time. Whoever gets one must {@link #leave}. */
    boolean enter() {
        try {
            return places.tryAcquire(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave() {
        places.release();
    }

    void refused(Refusal refusal) {
        Counter counter = refused.get(refusal);
        if (counter != null) {
            counter.increment();
        }
    }
}
