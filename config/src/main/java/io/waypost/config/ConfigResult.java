package io.waypost.config;

import io.waypost.config.text.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What became of a file.
 *
 * @param config present exactly when there are no problems
 * @param problems every fault, by file and line
 */
public record ConfigResult(Optional<WaypostConfig> config, List<Problem> problems) {
    public ConfigResult {
        problems = List.copyOf(problems);
    }
}
