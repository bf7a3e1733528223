package io.waypost.store;

import java.nio.file.Path;

/**
 * What the embedded store may use.
 *
 * @param folder where everything is kept; made when absent
 * @param draftMemoryBytes heap for all drafts together; what exceeds it goes to files
 * @param fileThresholdBytes content above this gets a file of its own
 * @param segmentBytes length of a segment file, allocated in advance
 * @param reserveBytes room on the disk below which nothing is accepted any more, so that what was accepted can still be settled
 */
public record StoreSettings(
        Path folder, long draftMemoryBytes, int fileThresholdBytes, int segmentBytes, long reserveBytes) {

    private static final int MIB = 1024 * 1024;

    public StoreSettings {
        if (draftMemoryBytes < 0 || fileThresholdBytes < 0 || reserveBytes < 0) {
            throw new IllegalArgumentException("sizes of the store cannot be negative");
        }
        long largestRecord = (long) fileThresholdBytes + OwnFiles.RESERVE + SegmentRecord.HEADER;
        if (segmentBytes < largestRecord) {
            throw new IllegalArgumentException(
                    "a segment of %d bytes cannot hold content of %d bytes and its trace fields; it takes %d"
                            .formatted(segmentBytes, fileThresholdBytes, largestRecord));
        }
    }

    /** 128 MiB of memory for drafts, own files above 1 MiB, segments of 64 MiB, 256 MiB kept free. */
    public static StoreSettings in(Path folder) {
        return new StoreSettings(folder, 128L * MIB, MIB, 64 * MIB, 256L * MIB);
    }

    public StoreSettings withDraftMemoryBytes(long bytes) {
        return new StoreSettings(folder, bytes, fileThresholdBytes, segmentBytes, reserveBytes);
    }

    public StoreSettings withReserveBytes(long bytes) {
        return new StoreSettings(folder, draftMemoryBytes, fileThresholdBytes, segmentBytes, bytes);
    }

    Path database() {
        return folder.resolve("store.db");
    }

    Path contentFolder() {
        return folder.resolve("content");
    }
}
