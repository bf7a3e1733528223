package io.waypost.store;

import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of what was set up through the APIs. */
final class SettingRows {

    private static final String COLUMNS = "SELECT account, region, kind, name, changed_at, text FROM setting";

    private final Statements statements;

    SettingRows(Statements statements) {
        this.statements = statements;
    }

    Optional<Settings.Setting> find(Settings.Key key) throws SQLException {
        PreparedStatement statement =
                statements.of(COLUMNS + " WHERE kind = ? AND account = ? AND region = ? AND name = ?");
        statement.setString(1, key.kind());
        statement.setString(2, key.scope().account());
        statement.setString(3, key.scope().region());
        statement.setString(4, key.name());
        return read(statement).stream().findFirst();
    }

    List<Settings.Setting> list(Scope scope, String kind) throws SQLException {
        PreparedStatement statement =
                statements.of(COLUMNS + " WHERE kind = ? AND account = ? AND region = ? ORDER BY name");
        statement.setString(1, kind);
        statement.setString(2, scope.account());
        statement.setString(3, scope.region());
        return read(statement);
    }

    List<Settings.Setting> list(Scope scope, String kind, String after, int most) throws SQLException {
        PreparedStatement statement = statements.of(
                COLUMNS + " WHERE kind = ? AND account = ? AND region = ? AND name > ? ORDER BY name LIMIT ?");
        statement.setString(1, kind);
        statement.setString(2, scope.account());
        statement.setString(3, scope.region());
        statement.setString(4, after);
        statement.setInt(5, most);
        return read(statement);
    }

    List<Settings.Setting> list(String kind) throws SQLException {
        PreparedStatement statement = statements.of(COLUMNS + " WHERE kind = ? ORDER BY account, region, name");
        statement.setString(1, kind);
        return read(statement);
    }

    void apply(List<Settings.Change> changes, Instant at) throws SQLException {
        for (Settings.Change change : changes) {
            apply(change, at);
        }
    }

    private void apply(Settings.Change change, Instant at) throws SQLException {
        switch (change) {
            case Settings.Change.Put(Settings.Key key, String text) -> put(key, text, at);
            case Settings.Change.Remove(Settings.Key key) -> remove(key);
        }
    }

    private void put(Settings.Key key, String text, Instant at) throws SQLException {
        PreparedStatement statement = statements.of(
                "INSERT OR REPLACE INTO setting (account, region, kind, name, changed_at, text) VALUES (?, ?, ?, ?, ?, ?)");
        statement.setString(1, key.scope().account());
        statement.setString(2, key.scope().region());
        statement.setString(3, key.kind());
        statement.setString(4, key.name());
        statement.setLong(5, RowTime.nanos(at));
        statement.setString(6, text);
        statement.executeUpdate();
    }

    private void remove(Settings.Key key) throws SQLException {
        PreparedStatement statement =
                statements.of("DELETE FROM setting WHERE kind = ? AND account = ? AND region = ? AND name = ?");
        statement.setString(1, key.kind());
        statement.setString(2, key.scope().account());
        statement.setString(3, key.scope().region());
        statement.setString(4, key.name());
        statement.executeUpdate();
    }

    private static List<Settings.Setting> read(PreparedStatement statement) throws SQLException {
        List<Settings.Setting> all = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                all.add(new Settings.Setting(
                        new Settings.Key(
                                new Scope(row.getString(1), row.getString(2)), row.getString(3), row.getString(4)),
                        row.getString(6),
                        RowTime.moment(row.getLong(5))));
            }
        }
        return all;
    }
}
