package io.waypost.store;

import io.waypost.message.MessageContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Accepted content, checked whenever it is read.
 *
 * <p>A stream checks as it goes and fails before it hands out its last buffer (64 KiB), so content up to that size is known
 * to be right before its first byte is seen. A transfer to another kind of channel than a file works the same way. A
 * transfer to a file is done by the kernel; the bytes are checked once before, in the page cache that the kernel copies from.
 */
final class StoredContent implements MessageContent {

    private final String name;
    private final ContentFile source;
    private final Location location;
    private volatile boolean checked;

    StoredContent(String name, ContentFile source, Location location) {
        this.name = name;
        this.source = source;
        this.location = location;
    }

    @Override
    public long size() {
        return location.length();
    }

    @Override
    public InputStream open() throws IOException {
        return new CheckedStream(name, source.open(), location);
    }

    @Override
    public void transferTo(WritableByteChannel target) throws IOException {
        if (target instanceof FileChannel file) {
            transferByKernel(file);
            return;
        }
        try (CheckedStream in = new CheckedStream(name, source.open(), location)) {
            in.drainTo(piece -> writeAll(piece, target));
        }
    }

    private static void writeAll(ByteBuffer piece, WritableByteChannel target) throws IOException {
        while (piece.hasRemaining()) {
            target.write(piece);
        }
    }

    private void transferByKernel(FileChannel target) throws IOException {
        try (ContentFile.Lease lease = source.open()) {
            if (!checked) {
                new CheckedStream(name, lease, location).drainTo(piece -> {});
                checked = true;
            }
            long done = 0;
            while (done < location.length()) {
                long n = lease.file().transferTo(location.position() + done, location.length() - done, target);
                if (n <= 0) {
                    throw new IOException("content of " + name + " ends early");
                }
                done += n;
            }
        }
    }
}
