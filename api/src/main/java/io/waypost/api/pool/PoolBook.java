package io.waypost.api.pool;

import io.waypost.api.kept.RecordText;
import io.waypost.api.kept.Shelf;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All pools: those of the server's file, which have addresses and are everybody's, and those made by API calls, which have none
 * until the file says so. Safe for all threads.
 */
public final class PoolBook {

    static final String KIND = "dedicated-ip-pool";

    private final Shelf<StoredPool> made;
    private final SortedMap<String, List<String>> configured;

    private PoolBook(Shelf<StoredPool> made, Map<String, List<String>> configured) {
        this.made = made;
        this.configured = Collections.unmodifiableSortedMap(new TreeMap<>(configured));
    }

    /**
     * @param configured addresses by the pool's name
     * @throws IOException when the store cannot be read, or a pool in it
     */
    public static PoolBook load(Settings settings, Map<String, List<String>> configured, Clock clock)
            throws IOException {
        return new PoolBook(Shelf.load(settings, KIND, new RecordText<>(StoredPool.class), clock), configured);
    }

    public boolean exists(Scope scope, String name) {
        return configured.containsKey(name) || made.find(scope, name).isPresent();
    }

    Shelf<StoredPool> made() {
        return made;
    }

    SortedMap<String, List<String>> configured() {
        return configured;
    }
}
