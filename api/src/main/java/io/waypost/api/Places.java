package io.waypost.api;

import io.waypost.api.aws.ClientNetwork;
import java.util.HashMap;
import java.util.Map;

/** Places that clients hold, so many in all and of each. Nothing is kept of a client that holds none. All threads. */
final class Places {

    /** Whether a place was got. */
    enum Taken {
        YES,
        ALL_ARE_TAKEN,
        CLIENT_HAS_ITS_SHARE
    }

    private final int inAll;
    private final int ofClient;
    private final Map<ClientNetwork, Integer> held = new HashMap<>();
    private int sum;

    Places(int inAll, int ofClient) {
        this.inAll = inAll;
        this.ofClient = ofClient;
    }

    /** Takes a place; whoever got one must {@link #giveBack} it. */
    synchronized Taken take(ClientNetwork client) {
        return take(client, ofClient);
    }

    /** The same for a client that stands for many: it has no share of its own that could be used up. */
    synchronized Taken takeForMany(ClientNetwork client) {
        return take(client, inAll);
    }

    private Taken take(ClientNetwork client, int ofClient) {
        int own = held.getOrDefault(client, 0);
        if (own >= ofClient) {
            return Taken.CLIENT_HAS_ITS_SHARE;
        }
        if (sum >= inAll) {
            return Taken.ALL_ARE_TAKEN;
        }
        held.put(client, own + 1);
        sum++;
        return Taken.YES;
    }

    synchronized void giveBack(ClientNetwork client) {
        held.computeIfPresent(client, (_, own) -> own == 1 ? null : own - 1);
        sum--;
    }

    /** Clients that hold a place. */
    synchronized int clients() {
        return held.size();
    }
}
