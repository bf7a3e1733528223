package io.waypost.api.pool;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A pool as it is kept.
 *
 * @param scalingMode {@code STANDARD} or {@code MANAGED}; kept and shown only
 */
record StoredPool(String name, String scalingMode, SortedMap<String, String> tags) {

    StoredPool {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }
}
