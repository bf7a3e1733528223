package io.waypost.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;

/** Opens connections to the SQLite file. */
final class Database {

    // Another process of this store writes for milliseconds at most.
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);
    // The more a checkpoint holds, the fewer pages are written twice; 16 MB are read back in some 20 ms after a crash.
    private static final int CHECKPOINT_PAGES = 4096;
    private static final int WRITER_CACHE_KIB = 32 * 1024;
    private static final int READER_CACHE_KIB = 4 * 1024;

    private Database() {}

    static String url(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    /** For the one writer: a commit returns when it is on stable storage. */
    static Connection openWriter(Path file) throws SQLException {
        Connection connection = open(file, WRITER_CACHE_KIB);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** For reading beside the writer; sees what was committed when a statement begins. */
    static Connection openReader(Path file) throws SQLException {
        Connection connection = open(file, READER_CACHE_KIB);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private static Connection open(Path file, int cacheKib) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        config.setTempStore(TempStore.MEMORY);
        config.setCacheSize(-cacheKib);
        // Nobody asks for generated keys; the driver would look for them after each insert.
        config.setGetGeneratedKeys(false);
        return config.createConnection(url(file));
    }
}
