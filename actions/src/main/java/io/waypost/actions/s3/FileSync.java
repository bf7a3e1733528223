package io.waypost.actions.s3;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts files and names on stable storage. A file is synced by its own writer; the syncs of many writers meet in the file
 * system's journal. A folder is synced once for all who changed it meanwhile.
 */
class FileSync implements AutoCloseable {

    private final Map<Path, GroupSync> folders = new ConcurrentHashMap<>();

    /** Returns when the file's bytes are durable. */
    void file(FileChannel written) throws IOException {
        written.force(false);
    }

    /** Returns when all names that the folder had at the call are durable. */
    void names(Path folder) throws IOException, InterruptedException {
        folders.computeIfAbsent(folder, path -> new GroupSync("object-sync", () -> force(path)))
                .await();
    }

    // Opened each time: a folder that was removed and made again is another one.
    private static void force(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    @Override
    public void close() {
        folders.values().forEach(GroupSync::close);
    }
}
