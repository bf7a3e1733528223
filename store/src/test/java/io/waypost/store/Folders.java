package io.waypost.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Data folders for tests. */
final class Folders {

    private static Path template;

    private Folders() {}

    /** Puts an empty database of the current schema into a folder: cheaper than a migration for each test. */
    static synchronized void prepare(Path folder) throws IOException {
        if (template == null) {
            Path made = Files.createTempDirectory("waypost-template");
            Path database = made.resolve("store.db");
            Schema.migrate(database);
            made.toFile().deleteOnExit();
            database.toFile().deleteOnExit();
            template = database;
        }
        Files.createDirectories(folder);
        Files.copy(template, folder.resolve("store.db"));
    }
}
