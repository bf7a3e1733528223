package io.waypost.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Finds the file for a location. */
final class Contents {

    private final Segments segments;
    private final OwnFiles ownFiles;

    Contents(Segments segments, OwnFiles ownFiles) {
        this.segments = segments;
        this.ownFiles = ownFiles;
    }

    ContentFile file(Location location) {
        return location.own()
                ? () -> openOwn(location.file())
                : segments.of(location.file()).current();
    }

    private ContentFile.Lease openOwn(long number) throws IOException {
        try {
            return new OwnLease(ownFiles.open(number));
        } catch (NoSuchFileException e) {
            throw new IOException("the mail is settled and its file is deleted", e);
        }
    }

    // A deleted file can be read until it is closed.
    private record OwnLease(DiskFile file) implements ContentFile.Lease {
        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
