package io.waypost.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema up to date with Flyway. Asks first whether there is anything to do: Flyway takes longer to look than SQLite. */
final class Schema {

    /** The newest migration in this package's resources. */
    static final int VERSION = 2;

    static final String MIGRATIONS = "classpath:io/waypost/store/migration";

    private static final String HISTORY = "flyway_schema_history";

    private Schema() {}

    /** @throws IOException when the folder was written by a newer version, or the schema cannot be brought up to date */
    static void migrate(Path database) throws IOException {
        int found = version(database);
        if (found > VERSION) {
            throw new IOException(
                    "%s has schema version %d, this version of Waypost knows %d: it was written by a newer one"
                            .formatted(database, found, VERSION));
        }
        if (found == VERSION) {
            return;
        }
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(Database.url(database), null, null)
                    .locations(MIGRATIONS)
                    .table(HISTORY)
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new IOException("the schema of " + database + " cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    /** The schema's version; 0 when there is none yet. */
    static int version(Path database) throws IOException {
        try (Connection connection = Database.openWriter(database);
                Statement statement = connection.createStatement()) {
            try (ResultSet table = statement.executeQuery(
                    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '" + HISTORY + "'")) {
                if (!table.next()) {
                    return 0;
                }
            }
            try (ResultSet newest = statement.executeQuery(
                    "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM " + HISTORY + " WHERE success")) {
                return newest.next() ? newest.getInt(1) : 0;
            }
        } catch (SQLException e) {
            throw new IOException(database + " cannot be opened: " + e.getMessage(), e);
        }
    }
}
