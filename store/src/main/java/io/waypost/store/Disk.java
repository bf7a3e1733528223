package io.waypost.store;

import java.io.IOException;
import java.nio.file.Path;

/** Every operation on the content folder goes through here, so that tests can let each of them fail or be the last before a crash. */
interface Disk {

    /** A new file, open for reading and writing; fails when there is one of this name. */
    DiskFile create(Path file) throws IOException;

    /** An existing file, open for reading and writing. */
    DiskFile open(Path file) throws IOException;

    /** Deletes a file; one that is gone already is fine. */
    void delete(Path file) throws IOException;

    void rename(Path from, Path to) throws IOException;

    /** Makes creations, renames and deletions in this folder durable. */
    void syncFolder(Path folder) throws IOException;

    /** Room that this process may still use. */
    long usableBytes(Path folder) throws IOException;
}
