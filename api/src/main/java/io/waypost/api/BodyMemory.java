package io.waypost.api;

import io.waypost.api.aws.ClientNetwork;
import java.util.HashMap;
import java.util.Map;

/** The memory that all bodies in hand share, of which no client may take all. Nothing is kept of a client that has none. All threads. */
final class BodyMemory {

    private final long share;
    private final Map<ClientNetwork, Long> taken = new HashMap<>();
    private long left;

    /**
     * @param bytes of all
     * @param share bytes that one client may take of them
     */
    BodyMemory(long bytes, long share) {
        this.left = bytes;
        this.share = share;
    }

    /** False when there is not as much, or not as much for this client; then nothing is taken. */
    synchronized boolean take(ClientNetwork client, long bytes) {
        long own = taken.getOrDefault(client, 0L) + bytes;
        if (left < bytes || own > share) {
            return false;
        }
        left -= bytes;
        keep(client, own);
        return true;
    }

    synchronized void giveBack(ClientNetwork client, long bytes) {
        left += bytes;
        keep(client, taken.getOrDefault(client, 0L) - bytes);
    }

    private void keep(ClientNetwork client, long own) {
        if (own == 0) {
            taken.remove(client);
        } else {
            taken.put(client, own);
        }
    }

    synchronized long left() {
        return left;
    }
}
