package io.waypost.api;

import io.vertx.core.buffer.Buffer;
import io.waypost.api.aws.ClientNetwork;
import java.util.Arrays;

/**
 * A body as it arrives. Takes memory for what has come, not for what was announced, and for both arrays while it grows; a large one has all
 * that was announced when a quarter of it is there. Used by one thread at a time.
 */
final class BodyBuffer {

    private static final byte[] EMPTY = new byte[0];
    private static final int LEAST = 4096;

    private final BodyMemory memory;
    private final ClientNetwork client;
    private final int limit;
    private final boolean large;
    private byte[] bytes = EMPTY;
    private int size;
    private long reserved;

    /**
     * @param client whose share of the memory it takes
     * @param limit never exceeded; what was announced, when that is known
     * @param large whether so much was announced that it shall not be copied often
     */
    BodyBuffer(BodyMemory memory, ClientNetwork client, int limit, boolean large) {
        this.memory = memory;
        this.client = client;
        this.limit = limit;
        this.large = large;
    }

    /** Whether more would exceed the limit. */
    boolean isExceededBy(Buffer chunk) {
        return chunk.length() > limit - size;
    }

    /** False when there is no memory left for it. */
    boolean add(Buffer chunk) {
        int needed = size + chunk.length();
        if (needed > bytes.length && !resize(length(needed))) {
            return false;
        }
        chunk.getBytes(bytes, size);
        size = needed;
        return true;
    }

    private int length(int needed) {
        if (large && needed >= limit / 4) {
            return limit;
        }
        return (int) Math.min(limit, Math.max(LEAST, Math.max(needed, 2L * bytes.length)));
    }

    /** Takes memory for what will be made of a large body; false when there is not as much. */
    boolean reserve() {
        long copies = large ? ApiLimits.Large.withCopies(size) - size : 0;
        if (!memory.take(client, copies)) {
            return false;
        }
        reserved += copies;
        return true;
    }

    /** Makes the array as long as the body; false when there is no memory for the copy. */
    boolean fit() {
        return size == bytes.length || resize(size);
    }

    /** The body, after {@link #fit}. */
    byte[] bytes() {
        return bytes;
    }

    /** Lets go of everything; may be called again. */
    void release() {
        memory.giveBack(client, bytes.length + reserved);
        bytes = EMPTY;
        size = 0;
        reserved = 0;
    }

    private boolean resize(int length) {
        if (!memory.take(client, length)) {
            return false;
        }
        byte[] before = bytes;
        bytes = Arrays.copyOf(before, length);
        memory.giveBack(client, before.length);
        return true;
    }
}
