package io.waypost.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Files that hold one content each. Received bytes begin at {@link #RESERVE}; the hole in front (it takes no room on the
 * disk) is where trace fields and header are put at commit, right before them.
 */
final class OwnFiles {

    /** Bytes kept free in front of the content. */
    static final int RESERVE = 64 * 1024;

    /** The longest trace fields that any content may get. */
    static final int LONGEST_HEAD = RESERVE - SegmentRecord.HEADER;

    private static final String SUFFIX = ".mail";

    private final Disk disk;
    private final Path folder;
    private final AtomicLong lastNumber;

    OwnFiles(Disk disk, Path folder, long lastNumber) {
        this.disk = disk;
        this.folder = folder;
        this.lastNumber = new AtomicLong(lastNumber);
    }

    record Created(long number, DiskFile file) {}

    Created create() throws IOException {
        long number = lastNumber.incrementAndGet();
        return new Created(number, disk.create(path(number)));
    }

    DiskFile open(long number) throws IOException {
        return disk.open(path(number));
    }

    void delete(long number) throws IOException {
        disk.delete(path(number));
    }

    void syncFolder() throws IOException {
        disk.syncFolder(folder);
    }

    Path path(long number) {
        return path(folder, number);
    }

    static Path path(Path folder, long number) {
        return folder.resolve("%012d%s".formatted(number, SUFFIX));
    }

    /** The numbers of all own files in a folder. */
    static Set<Long> numbers(Path folder) throws IOException {
        return numbers(folder, SUFFIX);
    }

    /** The numbers of all files in a folder that are named by a number and this suffix. */
    static Set<Long> numbers(Path folder, String suffix) throws IOException {
        Set<Long> numbers = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + suffix)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String stem = name.substring(0, name.length() - suffix.length());
                if (stem.length() <= 18 && stem.chars().allMatch(c -> c >= '0' && c <= '9') && !stem.isEmpty()) {
                    numbers.add(Long.parseLong(stem));
                }
            }
        }
        return numbers;
    }
}
