package io.waypost.api;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/**
 * A body as it arrives. Takes memory for what has come, not for what was announced, and for both arrays while it grows. Used by one
 * thread at a time.
 */
final class BodyBuffer {

    private static final byte[] EMPTY = new byte[0];
    private static final int LEAST = 4096;

    private final BodyMemory memory;
    private final int limit;
    private byte[] bytes = EMPTY;
    private int size;

    /** @param limit never exceeded; what was announced, when that is known */
    BodyBuffer(BodyMemory memory, int limit) {
        this.memory = memory;
        this.limit = limit;
    }

    /** Whether more would exceed the limit. */
    boolean isExceededBy(Buffer chunk) {
        return chunk.length() > limit - size;
    }

    /** False when there is no memory left for it. */
    boolean add(Buffer chunk) {
        int needed = size + chunk.length();
        if (needed > bytes.length
                && !resize((int) Math.min(limit, Math.max(LEAST, Math.max(needed, 2L * bytes.length))))) {
            return false;
        }
        chunk.getBytes(bytes, size);
        size = needed;
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
        memory.giveBack(bytes.length);
        bytes = EMPTY;
        size = 0;
    }

    private boolean resize(int length) {
        if (!memory.take(length)) {
            return false;
        }
        byte[] before = bytes;
        bytes = Arrays.copyOf(before, length);
        memory.giveBack(before.length);
        return true;
    }
}
