package io.waypost.rules.file;

import io.waypost.config.text.Place;
import io.waypost.config.text.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * All rule set files together: names differ, and at most one is active.
 *
 * @param files in the order of their names
 */
public record RuleFileSet(List<RuleFile> files) {

    public RuleFileSet {
        files = List.copyOf(files);
    }

    /**
     * Reads texts by file name and checks them together.
     *
     * @return nothing when there was a problem in any of them
     */
    public static Optional<RuleFileSet> read(
            SortedMap<String, String> texts, RuleFileReader reader, Ownership ownership, Problems problems) {
        List<RuleFile> files = new ArrayList<>();
        Map<String, Place> names = new HashMap<>();
        Optional<RuleFile> active = Optional.empty();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Optional<RuleFile> read = reader.read(text.getKey(), text.getValue(), ownership, problems);
            if (read.isEmpty()) {
                continue;
            }
            RuleFile file = read.get();
            Place first = names.putIfAbsent(file.name(), file.place());
            if (first != null) {
                problems.add(
                        file.place(), "two rule sets are named '" + file.name() + "'; the other one is at " + first);
            }
            if (file.active() && active.isPresent()) {
                problems.add(
                        file.place(),
                        "two rule sets are active, '" + file.name() + "' and '"
                                + active.get().name() + "' (" + active.get().place()
                                + "); set active: false in one of them");
            } else if (file.active()) {
                active = read;
            }
            files.add(file);
        }
        return problems.isEmpty() ? Optional.of(new RuleFileSet(files)) : Optional.empty();
    }

    /** The active one. */
    public Optional<RuleFile> active() {
        return files.stream().filter(RuleFile::active).findFirst();
    }

    public boolean has(String name) {
        return files.stream().anyMatch(file -> file.name().equals(name));
    }
}
