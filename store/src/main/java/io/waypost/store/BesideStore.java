package io.waypost.store;

import io.waypost.message.port.Ledger;
import io.waypost.message.port.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** A ledger, and settings to read, for a short-lived process beside the server. */
public final class BesideStore implements AutoCloseable {

    private final Readers readers;
    private final RowWriter rows;
    private final Ledger ledger;

    private BesideStore(Readers readers, RowWriter rows, Ledger ledger) {
        this.readers = readers;
        this.rows = rows;
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
            return new BesideStore(readers, rows, new BesideLedger(readers, rows, files, space));
        } catch (SQLException e) {
            throw new IOException("the store in " + folder + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Only what does not need the server: see {@link EmbeddedStore#openBeside}. */
    public Ledger ledger() {
        return ledger;
    }

    /** What was set up through the APIs, as it stands now; to be read only. */
    public Settings settings() {
        return new RowSettings(readers);
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
