package io.waypost.store;

import io.waypost.message.RunKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Who has what, in memory only: the folder belongs to one process, and a process that dies loses its claims.
 *
 * <p>There are two kinds. A run is <em>held</em> from its acceptance, or from one action to the next: its row has no due
 * time, so nobody finds it. A run is <em>taken</em> when it was found by its due time: its row still has one, and it is left
 * out here.
 */
final class Claims {

    private record Taken(long run, String destination, long due) {}

    private final Map<RunKey, Taken> taken = new HashMap<>();
    private final Map<RunKey, Long> held = new LinkedHashMap<>();
    // What a search for due runs leaves out. Ended claims leave it when the next search begins, never during one: a
    // search may look
    // at rows from before the end.
    private final Set<Long> hidden = new HashSet<>();
    private final List<Long> ended = new ArrayList<>();

    /** One number for a run of a mail. */
    static long run(long mail, int index) {
        return mail << 16 | index;
    }

    /** The run's row has no due time and is its claimant's until he says more. */
    synchronized void hold(RunKey key, long dueAt) {
        release(key);
        held.put(key, dueAt);
    }

    /** The run was recorded, or {@link #giveBack given back}. */
    synchronized void release(RunKey key) {
        held.remove(key);
        Taken claim = taken.remove(key);
        if (claim != null) {
            ended.add(claim.run);
        }
    }

    /** Nothing was done: others find a taken run by its row, which has not changed. */
    void giveBack(RunKey key, Timetable timetable) {
        Taken claim;
        synchronized (this) {
            claim = taken.get(key);
            release(key);
        }
        if (claim != null) {
            timetable.note(claim.destination, claim.due);
        }
    }

    /** A held run's row has its due time again. */
    synchronized void unhold(RunKey key) {
        held.remove(key);
    }

    synchronized boolean isHeld(RunKey key) {
        return held.containsKey(key);
    }

    synchronized boolean isTaken(RunKey key) {
        return taken.containsKey(key);
    }

    /** A search for due runs begins; only one is made at a time. */
    synchronized void beginSearch() {
        ended.forEach(hidden::remove);
        ended.clear();
    }

    synchronized boolean isHidden(long run) {
        return hidden.contains(run);
    }

    /** Nobody finds it any more in this process. */
    synchronized void hide(long run) {
        hidden.add(run);
    }

    synchronized void take(RunKey key, long run, String destination, long due) {
        taken.put(key, new Taken(run, destination, due));
        hidden.add(run);
    }

    /** The earliest due time of what somebody has. */
    synchronized OptionalLong oldest() {
        LongStream longestHeld = held.values().stream().limit(1).mapToLong(Long::longValue);
        return LongStream.concat(longestHeld, taken.values().stream().mapToLong(Taken::due))
                .min();
    }
}
