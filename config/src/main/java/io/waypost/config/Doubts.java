package io.waypost.config;

import io.waypost.config.text.Node;
import io.waypost.config.text.Problem;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which sections of a file with faults cannot be relied on. A fault counts for the section on whose lines it stands; one that stands on
 * no section's lines, such as a section that is there twice, counts for all.
 */
final class Doubts {

    /** The sections that rule files depend on. */
    private static final Set<String> SECTIONS =
            Set.of("domains", "objects", "webhooks", "functions", "topics", "endpoints");

    private Doubts() {}

    /**
     * Names them, sorted.
     *
     * @param root the file
     * @param unknown its keys that nothing reads: each may be any missing section, misspelt
     * @param problems every fault of the file
     */
    static Set<String> of(Node.Mapping root, Set<String> unknown, List<Problem> problems) {
        Map<String, Lines> lines = new HashMap<>();
        root.entries()
                .forEach((key, value) -> lines.put(
                        key,
                        new Lines(
                                root.keyPlaces().getOrDefault(key, root.place()).line(), lastLine(value))));
        boolean homeless = problems.stream()
                .anyMatch(problem -> lines.values().stream().noneMatch(section -> section.hold(problem)));
        Set<String> doubtful = new TreeSet<>();
        for (String section : SECTIONS) {
            Lines own = lines.get(section);
            boolean doubt = own == null ? !unknown.isEmpty() : problems.stream().anyMatch(own::hold);
            if (doubt || homeless) {
                doubtful.add(section);
            }
        }
        return doubtful;
    }

    private record Lines(int first, int last) {
        boolean hold(Problem problem) {
            int line = problem.place().line();
            return first <= line && line <= last;
        }
    }

    private static int lastLine(Node node) {
        Stream<Integer> below =
                switch (node) {
                    case Node.Mapping mapping ->
                        Stream.concat(
                                mapping.keyPlaces().values().stream().map(place -> place.line()),
                                lastLines(mapping.entries().values()));
                    case Node.Sequence sequence -> lastLines(sequence.items());
                    case Node.Scalar scalar -> Stream.empty();
                };
        return Math.max(node.place().line(), below.max(Integer::compare).orElse(0));
    }

    private static Stream<Integer> lastLines(Collection<Node> nodes) {
        return nodes.stream().map(Doubts::lastLine);
    }
}
