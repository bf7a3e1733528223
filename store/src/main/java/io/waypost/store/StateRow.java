package io.waypost.store;

import io.waypost.message.RunState;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run's state in its row. */
final class StateRow {

    static final int READY = 0;
    static final int WAITING = 1;
    static final int DONE = 2;
    static final int DEAD = 3;

    /** What {@link #read} expects, in this order. */
    static final String COLUMNS =
            "r.state, r.action, r.attempts, r.since, r.at, r.destination, r.waits_for, r.reason, r.how";

    private StateRow() {}

    static RunState read(ResultSet row, int first) throws SQLException, IOException {
        return switch (row.getInt(first)) {
            case READY ->
                new RunState.Ready(
                        row.getInt(first + 1),
                        row.getInt(first + 2),
                        RowTime.moment(row.getLong(first + 3)),
                        RowTime.moment(row.getLong(first + 4)),
                        text(row, first + 5));
            case WAITING -> new RunState.Waiting(row.getInt(first + 6));
            case DONE -> new RunState.Done(RunState.How.valueOf(text(row, first + 8)));
            case DEAD ->
                new RunState.Dead(
                        row.getInt(first + 1),
                        row.getInt(first + 2),
                        RowTime.moment(row.getLong(first + 3)),
                        text(row, first + 7));
            default -> throw new IOException("a run is in a state that this version does not know");
        };
    }

    private static String text(ResultSet row, int column) throws SQLException, IOException {
        String text = row.getString(column);
        if (text == null) {
            throw new IOException("a run's row is not complete");
        }
        return text;
    }

    /** Binds state, action, attempts, since, at, due, destination, waits_for, reason, how from this parameter on. */
    static void bind(PreparedStatement statement, int first, RunState state, boolean held) throws SQLException {
        switch (state) {
            case RunState.Ready ready -> {
                statement.setInt(first, READY);
                statement.setInt(first + 1, ready.action());
                statement.setInt(first + 2, ready.attempts());
                statement.setLong(first + 3, RowTime.nanos(ready.since()));
                long at = RowTime.nanos(ready.at());
                statement.setLong(first + 4, at);
                if (held) {
                    statement.setNull(first + 5, Types.INTEGER);
                } else {
                    statement.setLong(first + 5, at);
                }
                bindRest(statement, first + 6, ready.destination(), null, null, null);
            }
            case RunState.Waiting waiting -> {
                statement.setInt(first, WAITING);
                noAction(statement, first + 1);
                bindRest(statement, first + 6, null, waiting.run(), null, null);
            }
            case RunState.Done done -> {
                statement.setInt(first, DONE);
                noAction(statement, first + 1);
                bindRest(statement, first + 6, null, null, null, done.how().name());
            }
            case RunState.Dead dead -> {
                statement.setInt(first, DEAD);
                statement.setInt(first + 1, dead.action());
                statement.setInt(first + 2, dead.attempts());
                statement.setLong(first + 3, RowTime.nanos(dead.since()));
                statement.setNull(first + 4, Types.INTEGER);
                statement.setNull(first + 5, Types.INTEGER);
                bindRest(statement, first + 6, null, null, dead.reason(), null);
            }
        }
    }

    private static void noAction(PreparedStatement statement, int first) throws SQLException {
        for (int i = 0; i < 5; i++) {
            statement.setNull(first + i, Types.INTEGER);
        }
    }

    private static void bindRest(
            PreparedStatement statement,
            int first,
            @Nullable String destination,
            @Nullable Integer waitsFor,
            @Nullable String reason,
            @Nullable String how)
            throws SQLException {
        statement.setString(first, destination);
        if (waitsFor == null) {
            statement.setNull(first + 1, Types.INTEGER);
        } else {
            statement.setInt(first + 1, waitsFor);
        }
        statement.setString(first + 2, reason);
        statement.setString(first + 3, how);
    }

    /** The states of a settled mail's runs from one letter each. */
    static List<RunState> settled(String letters) throws IOException {
        List<RunState> states = new ArrayList<>(letters.length());
        for (int i = 0; i < letters.length(); i++) {
            states.add(new RunState.Done(
                    switch (letters.charAt(i)) {
                        case 'C' -> RunState.How.COMPLETED;
                        case 'S' -> RunState.How.SKIPPED;
                        case 'D' -> RunState.How.DROPPED;
                        default -> throw new IOException("a settled run has an end that this version does not know");
                    }));
        }
        return states;
    }

    /** The letter of a run's end, its name's first. */
    static char letter(RunState.How how) {
        return how.name().charAt(0);
    }
}
