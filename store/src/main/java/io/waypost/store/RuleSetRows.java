package io.waypost.store;

import io.waypost.message.RuleSetVersion;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /** The newest version of each name. */
    Map<String, Integer> newest() throws SQLException {
        Map<String, Integer> newest = new HashMap<>();
        PreparedStatement statement = statements.of("SELECT name, MAX(version) FROM rule_set GROUP BY name");
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                newest.put(row.getString(1), row.getInt(2));
            }
        }
        return newest;
    }

    /** All but the newest {@code keep} of each name, oldest first. */
    List<RuleSetVersion> older(int keep) throws SQLException {
        List<RuleSetVersion> older = new ArrayList<>();
        PreparedStatement statement = statements.of("""
                SELECT name, version FROM rule_set AS one
                WHERE version <= (SELECT MAX(version) FROM rule_set WHERE name = one.name) - ?
                ORDER BY name, version""");
        statement.setInt(1, keep);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                older.add(new RuleSetVersion(row.getString(1), row.getInt(2)));
            }
        }
        return older;
    }

    /** The versions that unsettled mails are owed under. Reads the plan of each of them. */
    Set<RuleSetVersion> owed() throws SQLException {
        Set<RuleSetVersion> owed = new HashSet<>();
        // A run of another rule set than the plan's has it before a colon in its rule's name.
        PreparedStatement statement = statements.of("""
                WITH plan AS (
                    SELECT json_extract(CAST(body AS TEXT), '$.plan') AS plan FROM mail
                    WHERE seq IN (SELECT mail FROM run))
                SELECT json_extract(plan, '$.ruleSet') || '@' || json_extract(plan, '$.version') FROM plan
                UNION
                SELECT substr(json_extract(value, '$.rule'), 1, instr(json_extract(value, '$.rule'), ':') - 1)
                FROM plan, json_each(plan, '$.runs') WHERE instr(json_extract(value, '$.rule'), ':') > 0""");
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                owed.add(RuleSetVersion.of(row.getString(1)));
            }
        }
        return owed;
    }

    void delete(List<RuleSetVersion> versions) throws SQLException {
        PreparedStatement statement = statements.of("DELETE FROM rule_set WHERE name = ? AND version = ?");
        for (RuleSetVersion version : versions) {
            statement.setString(1, version.name());
            statement.setInt(2, version.version());
            statement.executeUpdate();
        }
    }
}
