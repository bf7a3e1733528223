package io.waypost.config.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects every fault of one or several texts. Used by one thread. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    public void add(Place place, String fault) {
        found.add(new Problem(place, fault));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether something at this place was found already: then a fault that follows from it need not be told. */
    public boolean has(Place place) {
        return found.stream().anyMatch(problem -> problem.place().equals(place));
    }

    /** All faults, by file and line. */
    public List<Problem> all() {
        return found.stream().sorted(Comparator.comparing(Problem::place)).toList();
    }

    @Override
    public String toString() {
        return String.join("\n", all().stream().map(Problem::toString).toList());
    }
}
