package io.waypost.api.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file that only its owner reads, made once and never replaced. All threads; several processes may make it at the same moment. */
final class OnceFile {

    // A lock on a file keeps other processes away, not other threads of this one.
    private static final Object MAKING = new Object();

    private OnceFile() {}

    /** What is to stand in it; overwritten with zeroes once it does. */
    interface Content {
        byte[] bytes() throws IOException;
    }

    /** Makes the file and its folder unless they are there. */
    static void make(Path file, Content content) throws IOException {
        Path folder = file.resolveSibling(".").toAbsolutePath().normalize();
        Files.createDirectories(folder, ownersOnly("rwx------"));
        synchronized (MAKING) {
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(file.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && Files.notExists(file)) {
                    write(folder, file, content.bytes());
                }
            }
        }
    }

    // Whole and on stable storage before it has its name: what is sealed with a key that is lost is lost.
    private static void write(Path folder, Path file, byte[] bytes) throws IOException {
        Path unnamed = folder.resolve(file.getFileName() + ".new");
        Files.deleteIfExists(unnamed);
        try (FileChannel channel = FileChannel.open(
                unnamed, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersOnly("rw-------"))) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(unnamed, file, StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
        sync(folder.getParent());
        Arrays.fill(bytes, (byte) 0);
    }

    private static void sync(@Nullable Path folder) throws IOException {
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] ownersOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
