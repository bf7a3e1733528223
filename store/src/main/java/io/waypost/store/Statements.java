package io.waypost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The prepared statements of one connection, each prepared once. Used by one thread at a time. */
final class Statements implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    /** The statement for this text, which is a constant of the program. */
    PreparedStatement of(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    /** Runs a statement that changes rows, with whole numbers as arguments; returns how many it changed. */
    int update(String sql, long... arguments) throws SQLException {
        PreparedStatement statement = of(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setLong(i + 1, arguments[i]);
        }
        return statement.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
