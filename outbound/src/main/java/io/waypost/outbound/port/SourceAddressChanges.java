package io.waypost.outbound.port;

import java.net.InetAddress;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** What was changed about the server's own source addresses since its file was read. In memory; safe for all threads. */
@FunctionalInterface
public interface SourceAddressChanges {

    /** Everything is as the file has it. */
    SourceAddressChanges NONE = Map::of;

    /**
     * What is not as the file has it.
     *
     * @param pool it belongs to another one
     * @param warmUp its warm-up is further, or less far
     */
    record Change(Optional<String> pool, Optional<Warmth> warmUp) {}

    /**
     * How far a warm-up has come.
     *
     * @param percentage of its days, 0 to 100; 100: it is over
     * @param on the day on which it was so, in UTC
     */
    record Warmth(int percentage, LocalDate on) {}

    /** By address; the same map until something changes. */
    Map<InetAddress, Change> all();
}
