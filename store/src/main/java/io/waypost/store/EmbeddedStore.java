package io.waypost.store;

import io.waypost.message.port.Ledger;
import io.waypost.message.port.RuleSetArchive;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store that needs no other service: rows in SQLite and content in segment files, in one folder that belongs to one
 * process. When {@link #open} returns, everything unsettled can be claimed.
 */
public final class EmbeddedStore implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedStore.class);

    private final Spool spool;
    private final EmbeddedLedger ledger;
    private final RuleSetArchive archive;
    private final Settings settings;
    private final Janitor janitor;
    private final Deque<AutoCloseable> parts;

    private EmbeddedStore(
            Spool spool,
            EmbeddedLedger ledger,
            RuleSetArchive archive,
            Settings settings,
            Janitor janitor,
            Deque<AutoCloseable> parts) {
        this.spool = spool;
        this.ledger = ledger;
        this.archive = archive;
        this.settings = settings;
        this.janitor = janitor;
        this.parts = parts;
    }

    /**
     * Opens the store in its folder, makes it when there is none, and takes up what an earlier process left.
     *
     * @throws IOException with one clear line: the folder cannot be used, is in use by another server, or is newer than this
     *     program
     */
    public static EmbeddedStore open(StoreSettings settings, Clock clock) throws IOException {
        return open(settings, clock, new RealDisk(), CommitHook.NONE);
    }

    static EmbeddedStore open(StoreSettings settings, Clock clock, Disk disk, CommitHook hook) throws IOException {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return open(settings, clock, disk, hook, parts);
        } catch (SQLException e) {
            closeAll(parts);
            throw new IOException("the store in " + settings.folder() + " cannot be opened: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            closeAll(parts);
            throw e;
        }
    }

    private static EmbeddedStore open(
            StoreSettings settings, Clock clock, Disk disk, CommitHook hook, Deque<AutoCloseable> parts)
            throws IOException, SQLException {
        Path content = settings.contentFolder();
        Files.createDirectories(content);
        parts.push(FolderLock.acquire(settings.folder()));
        Schema.migrate(settings.database());

        Keeper keeper = new Keeper();
        Space space = new Space(disk, content, settings.reserveBytes());
        Segments segments = new Segments(disk, content, settings.segmentBytes(), space, keeper.preparer());
        parts.push(segments::close);
        // Ends before the segments close: it may be making one.
        parts.push(keeper);
        segments.discover();

        Writer.Rows source = () -> RowWriter.open(settings.database(), hook);
        RowWriter rows = source.open();
        parts.push(rows);
        OwnFiles ownFiles = new OwnFiles(disk, content, removeOrphans(disk, content, rows.reader()));
        Memory memory = new Memory(segments, keeper.cleaner(), number -> deleteQuietly(ownFiles, number));
        rows.unholdAll();
        memory.recount(rows.reader());
        segments.prepare();

        Readers readers = new Readers(settings.database());
        parts.push(readers);
        Writer writer = new Writer(source, rows, new Appender(segments), memory);
        writer.start();
        parts.push(writer::close);

        Contents contents = new Contents(segments, ownFiles);
        EmbeddedSpool spool = new EmbeddedSpool(
                writer,
                memory,
                readers,
                contents,
                new DraftMemory(settings.draftMemoryBytes()),
                ownFiles,
                space,
                settings.fileThresholdBytes());
        EmbeddedLedger ledger = new EmbeddedLedger(writer, memory, readers, space, clock);
        Janitor janitor = new Janitor(segments, ownFiles, contents, readers, writer, memory, space);
        keeper.start(janitor);
        return new EmbeddedStore(
                spool,
                ledger,
                new EmbeddedArchive(writer, memory, readers),
                new EmbeddedSettings(writer, readers),
                janitor,
                parts);
    }

    /** Deletes files that no row points to; returns the highest number in use. */
    private static long removeOrphans(Disk disk, Path content, RowReader rows) throws IOException, SQLException {
        Set<Long> wanted = rows.ownFiles();
        long highest = wanted.stream().mapToLong(Long::longValue).max().orElse(0);
        int orphans = 0;
        for (long number : OwnFiles.numbers(content)) {
            highest = Math.max(highest, number);
            if (!wanted.contains(number)) {
                disk.delete(OwnFiles.path(content, number));
                orphans++;
            }
        }
        if (orphans > 0) {
            log.info("{} files of mails that were never accepted, or are settled, are deleted", orphans);
        }
        return highest;
    }

    private static void deleteQuietly(OwnFiles files, long number) {
        try {
            files.delete(number);
        } catch (IOException e) {
            log.warn("the file {} of a settled mail cannot be deleted; the next start tries again", number, e);
        }
    }

    /**
     * Opens the ledger of a folder beside the server that may be running on it, for the command line. It tells stories and
     * lists, replays and drops dead effects; it cannot claim or record, which are the server's.
     *
     * @throws IOException when there is no store in the folder, or its schema is not of this version
     */
    public static BesideStore openBeside(Path folder) throws IOException {
        return BesideStore.open(folder);
    }

    public Spool spool() {
        return spool;
    }

    public Ledger ledger() {
        return ledger;
    }

    public RuleSetArchive archive() {
        return archive;
    }

    public Settings settings() {
        return settings;
    }

    Janitor janitor() {
        return janitor;
    }

    /** Writes what was handed over before, then closes. Whatever is claimed is claimable after the next start. */
    @Override
    public void close() {
        closeAll(parts);
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                log.warn("a part of the store did not close", e);
            }
        }
    }
}
