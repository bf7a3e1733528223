package io.waypost.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The rows of the rule set archive. */
final class RuleSetRows {

    private final Statements statements;

    RuleSetRows(Statements statements) {
        this.statements = statements;
    }

    /** Stores a text under the next version, unless the newest has the same; returns the version. */
    int publish(String name, String text, Instant at) throws SQLException {
        int newest = 0;
        PreparedStatement select =
                statements.of("SELECT version, text FROM rule_set WHERE name = ? ORDER BY version DESC LIMIT 1");
        select.setString(1, name);
        try (ResultSet row = select.executeQuery()) {
            if (row.next()) {
                newest = row.getInt(1);
                if (row.getString(2).equals(text)) {
                    return newest;
                }
            }
        }
        PreparedStatement insert =
                statements.of("INSERT INTO rule_set (name, version, published_at, text) VALUES (?, ?, ?, ?)");
        insert.setString(1, name);
        insert.setInt(2, newest + 1);
        insert.setLong(3, RowTime.nanos(at));
        insert.setString(4, text);
        insert.executeUpdate();
        return newest + 1;
    }

    Optional<String> text(String name, int version) throws SQLException {
        PreparedStatement statement = statements.of("SELECT text FROM rule_set WHERE name = ? AND version = ?");
        statement.setString(1, name);
        statement.setInt(2, version);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }
}
