package io.waypost.actions.s3;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes folders so that they survive a power cut, and remembers which it made or found. */
final class FolderNames {

    private final Path root;
    private final FileSync sync;
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    /** @param root below it every folder is ours; above it only missing ones are made */
    FolderNames(Path root, FileSync sync) {
        this.root = root;
        this.sync = sync;
    }

    /** Returns when the folder and all that was made above it exist durably. */
    void make(Path folder) throws IOException, InterruptedException {
        if (known.contains(folder)) {
            return;
        }
        boolean ours = folder.startsWith(root) && !folder.equals(root);
        Path parent = folder.getParent();
        if (parent != null && (ours || !Files.isDirectory(folder))) {
            make(parent);
            create(folder);
            // Also where it was there already: another thread, or a run that was killed, may have made it a moment ago.
            sync.names(parent);
        }
        known.add(folder);
    }

    private static void create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** Somebody removed one of them: all are made again when next needed. */
    void forget() {
        known.clear();
    }
}
