package io.waypost.rules.book;

import io.waypost.message.RuleSetVersion;
import io.waypost.rules.RuleSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The rule sets asked for last, so that a backlog from yesterday does not parse a text for each mail. Safe for all threads. */
final class RecentVersions {

    /** Versions kept. */
    static final int KEPT = 16;

    private final Map<RuleSetVersion, RuleSet> sets = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RuleSetVersion, RuleSet> eldest) {
            return size() > KEPT;
        }
    };

    synchronized void put(RuleSet set) {
        sets.put(set.version(), set);
    }

    synchronized Optional<RuleSet> find(RuleSetVersion version) {
        return Optional.ofNullable(sets.get(version));
    }
}
