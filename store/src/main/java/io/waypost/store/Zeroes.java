package io.waypost.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Really allocates a file: a sync of bytes written over it later has no length and no block list to write. */
final class Zeroes {

    private static final int PIECE = 256 * 1024;
    // Synced in steps, so that the writer's own syncs are not held up behind one of the whole length.
    private static final int STEP = 4 * 1024 * 1024;

    private Zeroes() {}

    static void fill(DiskFile file, int length) throws IOException {
        ByteBuffer zeroes = ByteBuffer.allocateDirect(Math.min(PIECE, length));
        int unsynced = 0;
        for (int at = 0; at < length; ) {
            zeroes.clear().limit(Math.min(zeroes.capacity(), length - at));
            int n = zeroes.remaining();
            file.write(zeroes, at);
            at += n;
            unsynced += n;
            if (unsynced >= STEP) {
                file.force();
                unsynced = 0;
            }
        }
        file.force();
    }
}
