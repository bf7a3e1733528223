package io.waypost.api.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what the HTTP port refused because of a limit of connections or of one client. All threads. */
public final class HttpRefusals {

    /** The limit. */
    public enum Limit {
        /** Connections in all. */
        CONNECTIONS,
        /** Connections of one address. */
        CONNECTIONS_PER_ADDRESS,
        /** Requests in hand of one address. */
        REQUESTS_PER_ADDRESS,
        /** Wrong signatures of one address. */
        FAILED_SIGNATURES
    }

    private final Map<Limit, Counter> counters = new EnumMap<>(Limit.class);

    /** Several of one registry count together. */
    public HttpRefusals(MeterRegistry registry) {
        for (Limit limit : Limit.values()) {
            counters.put(
                    limit,
                    Counter.builder("waypost.http.refused")
                            .description("Connections and requests that the HTTP port refused because of a limit")
                            .tag("reason", limit.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    public void count(Limit limit) {
        Counter counter = counters.get(limit);
        if (counter != null) {
            counter.increment();
        }
    }
}
