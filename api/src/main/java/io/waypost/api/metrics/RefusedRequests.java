package io.waypost.api.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Counts the requests to the APIs that the HTTP port refused by itself. All threads. */
public final class RefusedRequests {

    private final Map<String, Counter> counters = new HashMap<>();

    /** @param reasons every one there is, so that each shows as 0 from the start */
    public RefusedRequests(MeterRegistry registry, Collection<String> reasons) {
        for (String reason : reasons) {
            counters.put(
                    reason,
                    Counter.builder("waypost.api.refused")
                            .description("Requests to the APIs that the HTTP port refused by itself")
                            .tag("reason", reason)
                            .register(registry));
        }
    }

    /** @param reason one of those that were named */
    public void count(String reason) {
        Counter counter = counters.get(reason);
        if (counter == null) {
            throw new IllegalArgumentException("no such reason: " + reason);
        }
        counter.increment();
    }
}
