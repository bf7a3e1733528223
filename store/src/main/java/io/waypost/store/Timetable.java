package io.waypost.store;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When each destination has something to carry out: no run that anybody may claim is due there earlier. A search asks only
 * destinations whose time has come, however many there are. Too early a time costs it one question, too late a one would hide a run,
 * so everybody may make a time earlier ({@link #note}) and only a search that has looked may make it later ({@link #found}).
 *
 * <p>Takes some 200 bytes for each destination that runs wait for, whatever their number. Safe for all threads.
 */
final class Timetable {

    /** What {@link #found} says of a destination that nothing waits for. */
    static final long NEVER = Long.MAX_VALUE;

    /**
     * A destination with its time.
     *
     * @param notedAt the count of {@link #now} behind its last note
     */
    record Stop(long due, String destination, long notedAt) implements Comparable<Stop> {
        @Override
        public int compareTo(Stop other) {
            int byDue = Long.compare(due, other.due);
            return byDue != 0 ? byDue : destination.compareTo(other.destination);
        }
    }

    private final Map<String, Stop> stops = new HashMap<>();
    private final TreeSet<Stop> inOrder = new TreeSet<>();
    private long notes;
    private boolean doubted = true;

    /** The rows may have changed without a note: the next search makes the table anew. */
    synchronized void doubt() {
        doubted = true;
    }

    /** Whether the rows have to be read; the asker does so, or doubts again. */
    synchronized boolean takeDoubt() {
        boolean before = doubted;
        doubted = false;
        return before;
    }

    /** A count of the notes so far, taken by a search before it looks at the rows. */
    synchronized long now() {
        return notes;
    }

    /** A run of this destination can be claimed from this time on. Only behind the commit that says so. */
    synchronized void note(String destination, long due) {
        notes++;
        Stop known = stops.get(destination);
        put(new Stop(known == null ? due : Math.min(due, known.due()), destination, notes), known);
    }

    /**
     * A search has looked: nothing of this destination can be claimed before this time. Does not count when there was a note since the
     * search began, which its rows may not show.
     *
     * @param began what {@link #now} said before
     */
    synchronized void found(String destination, long due, long began) {
        Stop known = stops.get(destination);
        if (known == null || known.notedAt() > began) {
            return;
        }
        if (due == NEVER) {
            stops.remove(destination);
            inOrder.remove(known);
        } else {
            put(new Stop(due, destination, known.notedAt()), known);
        }
    }

    private void put(Stop stop, @Nullable Stop known) {
        if (known != null) {
            inOrder.remove(known);
        }
        stops.put(stop.destination(), stop);
        inOrder.add(stop);
    }

    /** The earliest stop, or the next one behind another; null when there is none. */
    synchronized @Nullable Stop next(@Nullable Stop behind) {
        if (behind != null) {
            return inOrder.higher(behind);
        }
        return inOrder.isEmpty() ? null : inOrder.first();
    }
}
