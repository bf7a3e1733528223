package io.waypost.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Unclaimed ready runs, oldest due first. Asks the index destination by destination, in the order of the timetable, and merges: a
 * destination that is left out, or whose time has not come, costs nothing, however much waits for it.
 */
final class DueRuns {

    /** One entry of the index. */
    record Due(long due, long mail, int index) {}

    // Most searches want one or two of a destination; what wants many asks for more each time.
    private static final int FIRST_PIECE = 8;
    private static final int LARGEST_PIECE = 256;
    private static final Comparator<Due> OLDEST =
            Comparator.comparingLong(Due::due).thenComparingLong(Due::mail).thenComparingInt(Due::index);

    private final Statements statements;
    private final Claims claims;
    private final Timetable timetable;
    private final long began;
    private final long until;
    private final Set<String> except;
    private final Map<String, Lane> visited = new HashMap<>();
    private final PriorityQueue<Lane> lanes = new PriorityQueue<>(Comparator.comparing(Lane::head, OLDEST));
    private Timetable.@Nullable Stop upcoming;

    /** @param began what the timetable's count was before the statements saw their moment */
    DueRuns(Statements statements, Claims claims, Timetable timetable, long began, long until, Set<String> except) {
        this.statements = statements;
        this.claims = claims;
        this.timetable = timetable;
        this.began = began;
        this.until = until;
        this.except = except;
        this.upcoming = timetable.next(null);
    }

    /** The next one, or null. */
    @Nullable
    Due next() throws SQLException {
        visitEarlier();
        Lane lane = lanes.poll();
        if (lane == null) {
            return null;
        }
        Due found = lane.pending.pop();
        offer(lane);
        return found;
    }

    /** Tells the timetable what was seen; only when everything that was handed out has been claimed. */
    void finish() {
        visited.values().forEach(lane -> timetable.found(lane.destination, lane.bound(), began));
    }

    private void visitEarlier() throws SQLException {
        while (upcoming != null
                && upcoming.due() <= until
                && (lanes.isEmpty() || upcoming.due() <= lanes.peek().head().due())) {
            String destination = upcoming.destination();
            upcoming = timetable.next(upcoming);
            if (!except.contains(destination) && !visited.containsKey(destination)) {
                Lane lane = new Lane(destination);
                visited.put(destination, lane);
                offer(lane);
            }
        }
    }

    private void offer(Lane lane) throws SQLException {
        if (lane.findHead() && lane.head().due() <= until) {
            lanes.add(lane);
        }
    }

    /** The runs for one destination. */
    private final class Lane {
        private final String destination;
        private final Deque<Due> pending = new ArrayDeque<>();
        private Due last = new Due(Long.MIN_VALUE, Long.MIN_VALUE, -1);
        private int piece = FIRST_PIECE;
        private boolean exhausted;

        Lane(String destination) {
            this.destination = destination;
        }

        Due head() {
            return pending.getFirst();
        }

        /** Nothing that was not handed out is due earlier. */
        long bound() {
            if (!pending.isEmpty()) {
                return head().due();
            }
            return exhausted ? Timetable.NEVER : last.due();
        }

        boolean findHead() throws SQLException {
            while (true) {
                while (!pending.isEmpty() && isHidden(pending.getFirst())) {
                    pending.pop();
                }
                if (!pending.isEmpty()) {
                    return true;
                }
                if (exhausted) {
                    return false;
                }
                fetch();
            }
        }

        private boolean isHidden(Due run) {
            return claims.isHidden(Claims.run(run.mail(), run.index()));
        }

        private void fetch() throws SQLException {
            PreparedStatement statement = statements.of("SELECT due, mail, idx FROM run INDEXED BY run_due"
                    + " WHERE due IS NOT NULL AND destination = ? AND (due, mail, idx) > (?, ?, ?)"
                    + " ORDER BY due, mail, idx LIMIT ?");
            statement.setString(1, destination);
            statement.setLong(2, last.due());
            statement.setLong(3, last.mail());
            statement.setInt(4, last.index());
            statement.setInt(5, piece);
            int n = 0;
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    last = new Due(row.getLong(1), row.getLong(2), row.getInt(3));
                    pending.add(last);
                    n++;
                }
            }
            exhausted = n < piece;
            piece = Math.min(2 * piece, LARGEST_PIECE);
        }
    }
}
