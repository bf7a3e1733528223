package io.waypost.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.api.ApiLimits.Large;
import io.waypost.api.aws.ClientNetwork;
import io.waypost.api.aws.Door;
import io.waypost.api.metrics.HttpRefusals;
import io.waypost.api.metrics.RefusedRequests;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What all requests to the APIs share: limits, memory, places, and whoever answers. All threads. */
final class Desk {

    private final ApiLimits limits;
    private final Door door;
    private final BodyMemory memory;
    private final BodyMemory largeMemory;
    private final Semaphore places;
    private final Places ofClients;
    private final HttpRefusals limited;
    private final RefusedRequests refused;

    Desk(ApiLimits limits, Door door, MeterRegistry registry) {
        this.limits = limits;
        this.door = door;
        this.memory = memory(limits.allBodies(), limits.body());
        this.largeMemory = memory(
                limits.large().allBodies(), Large.withCopies(limits.large().body()));
        this.places = new Semaphore(limits.inHand(), true);
        this.ofClients = new Places(Integer.MAX_VALUE, limits.inHandPerAddress());
        this.limited = new HttpRefusals(registry);
        this.refused = new RefusedRequests(
                registry, Stream.of(Refusal.values()).map(Refusal::label).toList());
    }

    /** A client may always bring one body of full length, while it grows into its last array, and three quarters of all. */
    private static BodyMemory memory(long all, long body) {
        return new BodyMemory(all, Math.max(2 * body, all / 4 * 3));
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

    /** Of requests that carry whole mails. */
    BodyMemory largeMemory() {
        return largeMemory;
    }

    /** Takes a place among the requests of a client, without waiting; false when it has its share. Whoever gets one must {@link #leave(ClientNetwork)}. */
    boolean enter(ClientNetwork client) {
        if (ofClients.take(client) == Places.Taken.YES) {
            return true;
        }
        limited.count(HttpRefusals.Limit.REQUESTS_PER_ADDRESS);
        return false;
    }

    void leave(ClientNetwork client) {
        ofClients.giveBack(client);
    }

    HttpRefusals limited() {
        return limited;
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
        refused.count(refusal.label());
    }
}
