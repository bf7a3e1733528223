package io.waypost.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** An open file, read and written at positions, by several threads at once. */
interface DiskFile extends Closeable {

    /** Writes all remaining bytes. */
    void write(ByteBuffer bytes, long position) throws IOException;

    /** Reads some bytes; -1 at the end of the file. */
    int read(ByteBuffer bytes, long position) throws IOException;

    /** Hands bytes to a channel within the kernel where it can; returns how many. */
    long transferTo(long position, long count, WritableByteChannel target) throws IOException;

    /** Makes what was written durable, and the length with it. */
    void force() throws IOException;

    long size() throws IOException;
}
