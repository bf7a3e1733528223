package io.waypost.store;

import io.waypost.message.port.Ledger;
import io.waypost.message.port.Queue;
import io.waypost.message.port.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;

/** A ledger and settings for a short-lived process beside the server. */
public final class BesideStore implements AutoCloseable {

    private final Readers readers;
    private final RowWriter rows;
    private final BesideRows changes;
    private final Ledger ledger;

    private BesideStore(Readers readers, RowWriter rows, BesideRows changes, Ledger ledger) {
        this.readers = readers;
        this.rows = rows;
        this.changes = changes;
        this.ledger = ledger;
    }

    static BesideStore open(Path folder) throws IOException {
        StoreSettings settings = StoreSettings.in(folder);
        if (!Files.exists(settings.database())) {
            throw new IOException("there is no store in " + folder);
        }
        int version = Schema.version(settings.database());
        if (version != Schema.VERSION) {
            throw new IOException("the store in %s has schema version %d, this program knows %d: %s"
                    .formatted(
                            folder,
                            version,
                            Schema.VERSION,
                            version < Schema.VERSION ? "start the server first" : "it was written by a newer Waypost"));
        }
        try {
            Readers readers = new Readers(settings.database());
            RowWriter rows = RowWriter.open(settings.database(), CommitHook.NONE);
            OwnFiles files = new OwnFiles(new RealDisk(), settings.contentFolder(), 0);
            Space space = new Space(new RealDisk(), settings.contentFolder(), 0);
            BesideRows changes = new BesideRows(rows);
            return new BesideStore(readers, rows, changes, new BesideLedger(readers, changes, files, space));
        } catch (SQLException e) {
            throw new IOException("the store in " + folder + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Only what does not need the server: see {@link EmbeddedStore#openBeside}. */
    public Ledger ledger() {
        return ledger;
    }

    /** What waits to be carried out. */
    public Queue queue() {
        return new BesideQueue(readers, changes);
    }

    /** What was set up through the APIs, as it stands now; to be read only. */
    public Settings settings() {
        return new RowSettings(readers);
    }

    /**
     * The same, where some kinds may be changed.
     *
     * @param kinds those that the server does not keep in memory, so that it sees a change with its next question
     */
    public Settings settings(Set<String> kinds) {
        return new BesideSettings(readers, changes, kinds);
    }

    @Override
    public void close() {
        readers.close();
        try {
            rows.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the store's rows did not close", e);
        }
    }
}
