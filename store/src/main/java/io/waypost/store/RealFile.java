package io.waypost.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of the operating system, shared by threads.
 *
 * <p>An interrupt of one reader closes a {@link FileChannel} for all of them; the others open it again here and go on.
 */
final class RealFile implements DiskFile {

    private final Path path;
    private volatile FileChannel channel;
    private volatile boolean closed;

    RealFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static FileChannel channel(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            FileChannel used = channel;
            try {
                at += used.write(bytes, at);
            } catch (ClosedChannelException e) {
                reopen(used, e);
            }
        }
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
        while (true) {
            FileChannel used = channel;
            try {
                return used.read(bytes, position);
            } catch (ClosedChannelException e) {
                reopen(used, e);
            }
        }
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        while (true) {
            FileChannel used = channel;
            try {
                return used.transferTo(position, count, target);
            } catch (ClosedChannelException e) {
                if (!target.isOpen()) {
                    throw e;
                }
                reopen(used, e);
            }
        }
    }

    // Not tried again: after a sync that did not finish nobody knows what is durable. A channel that a reader's
    // interrupt has closed
    // before is another matter: nothing was synced yet, and the kernel tells a new one of write errors that nobody has
    // seen.
    @Override
    public void force() throws IOException {
        whole().force(false);
    }

    @Override
    public long size() throws IOException {
        return whole().size();
    }

    private FileChannel whole() throws IOException {
        FileChannel used = channel;
        if (!used.isOpen()) {
            reopen(used, new ClosedChannelException());
        }
        return channel;
    }

    private synchronized void reopen(FileChannel used, ClosedChannelException cause) throws IOException {
        if (closed || Thread.currentThread().isInterrupted()) {
            throw cause;
        }
        // A channel equals itself alone: whoever comes second finds it replaced.
        if (channel.equals(used)) {
            channel = channel(path);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
