package io.waypost.config;

import io.waypost.config.text.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of a file.
 *
 * @param readable what could be read of it; nothing when it is no YAML mapping
 * @param problems every fault, by file and line
 */
public record ConfigResult(Optional<Readable> readable, List<Problem> problems) {

    /**
     * A file as far as it could be read. Never to be run with while there are problems: it is there to judge rule files by.
     *
     * @param config what was read, and defaults or stand-ins where it has faults
     * @param doubtful the sections rule files depend on that have faults or may be missing through one, sorted: what a rule names of them
     *     cannot be judged
     */
    public record Readable(WaypostConfig config, Set<String> doubtful) {
        public Readable {
            doubtful = Collections.unmodifiableSortedSet(new TreeSet<>(doubtful));
        }

        /** A file without faults. */
        public static Readable whole(WaypostConfig config) {
            return new Readable(config, Set.of());
        }
    }

    public ConfigResult {
        problems = List.copyOf(problems);
    }

    /** Present exactly when there are no problems. */
    public Optional<WaypostConfig> config() {
        return problems.isEmpty() ? readable.map(Readable::config) : Optional.empty();
    }
}
