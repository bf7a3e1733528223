package io.waypost.outbound.pace;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The pace of each destination; those at rest are forgotten when there are many. Safe for all threads. */
public final class Paces {

    private static final int MANY = 10_000;

    private final PaceLimits standard;
    private final Map<String, PaceLimits> configured;
    private final LongSupplier nanoTime;
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();
    private volatile int forgetAbove = MANY;

    /**
     * @param standard for destinations that nothing is said about
     * @param configured by domain
     */
    public Paces(PaceLimits standard, Map<String, PaceLimits> configured, LongSupplier nanoTime) {
        this.standard = standard;
        this.configured = Map.copyOf(configured);
        this.nanoTime = nanoTime;
    }

    /**
     * @param destination names the lane: all mails of one name share a pace
     * @param domain whose limits count
     */
    public Pace of(String destination, String domain) {
        if (paces.size() > forgetAbove) {
            paces.values().removeIf(Pace::isForgettable);
            // Where most have something to remember, looking through them again pays only behind as many new ones.
            forgetAbove = Math.max(MANY, 2 * paces.size());
        }
        return paces.computeIfAbsent(destination, key -> new Pace(configured.getOrDefault(domain, standard), nanoTime));
    }

    /** Whether limits of its own are configured for a domain. */
    public boolean isConfigured(String domain) {
        return configured.containsKey(domain);
    }

    /** The most that any destination may have on its way at once. */
    public int mostConnections() {
        return configured.values().stream().mapToInt(PaceLimits::connections).reduce(standard.connections(), Math::max);
    }
}
