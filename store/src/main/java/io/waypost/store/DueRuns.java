package io.waypost.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Unclaimed ready runs, oldest due first. Goes through the index destination by destination and merges, so that a destination
 * that is left out costs one step, however much waits for it.
 */
final class DueRuns {

    /** One entry of the index. */
    record Due(long due, long mail, int index) {}

    private static final int PIECE = 64;
    private static final Comparator<Due> OLDEST =
            Comparator.comparingLong(Due::due).thenComparingLong(Due::mail).thenComparingInt(Due::index);

    private final Statements statements;
    private final Claims claims;
    private final long until;
    private final PriorityQueue<Lane> lanes = new PriorityQueue<>(Comparator.comparing(Lane::head, OLDEST));

    DueRuns(Statements statements, Claims claims, long until, Set<String> except) throws SQLException {
        this.statements = statements;
        this.claims = claims;
        this.until = until;
        String destination = nextDestination(statements, "");
        while (destination != null) {
            if (!except.contains(destination)) {
                offer(new Lane(destination));
            }
            destination = nextDestination(statements, destination);
        }
    }

    private void offer(Lane lane) throws SQLException {
        if (lane.findHead()) {
            lanes.add(lane);
        }
    }

    /** The earliest due time up to this moment, claimed or not. */
    static OptionalLong oldest(Statements statements, long until) throws SQLException {
        long oldest = Long.MAX_VALUE;
        String destination = nextDestination(statements, "");
        while (destination != null) {
            PreparedStatement statement = statements.of("SELECT due FROM run INDEXED BY run_due"
                    + " WHERE due IS NOT NULL AND destination = ? ORDER BY due LIMIT 1");
            statement.setString(1, destination);
            try (ResultSet row = statement.executeQuery()) {
                oldest = row.next() ? Math.min(oldest, row.getLong(1)) : oldest;
            }
            destination = nextDestination(statements, destination);
        }
        return oldest <= until ? OptionalLong.of(oldest) : OptionalLong.empty();
    }

    private static @Nullable String nextDestination(Statements statements, String behind) throws SQLException {
        PreparedStatement statement = statements.of("SELECT destination FROM run INDEXED BY run_due"
                + " WHERE due IS NOT NULL AND destination > ? ORDER BY destination LIMIT 1");
        statement.setString(1, behind);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** The next one, or null. */
    @Nullable
    Due next() throws SQLException {
        Lane lane = lanes.poll();
        if (lane == null) {
            return null;
        }
        Due found = lane.pending.pop();
        offer(lane);
        return found;
    }

    /** The runs for one destination. */
    private final class Lane {
        private final String destination;
        private final Deque<Due> pending = new ArrayDeque<>();
        private Due last = new Due(Long.MIN_VALUE, Long.MIN_VALUE, -1);
        private boolean exhausted;

        Lane(String destination) {
            this.destination = destination;
        }

        Due head() {
            return pending.getFirst();
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
                    + " WHERE due IS NOT NULL AND destination = ? AND (due, mail, idx) > (?, ?, ?) AND due <= ?"
                    + " ORDER BY due, mail, idx LIMIT " + PIECE);
            statement.setString(1, destination);
            statement.setLong(2, last.due());
            statement.setLong(3, last.mail());
            statement.setInt(4, last.index());
            statement.setLong(5, until);
            int n = 0;
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    last = new Due(row.getLong(1), row.getLong(2), row.getInt(3));
                    pending.add(last);
                    n++;
                }
            }
            exhausted = n < PIECE;
        }
    }
}
