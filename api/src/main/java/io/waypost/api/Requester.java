package io.waypost.api;

import io.waypost.api.aws.ClientNetwork;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Who sends a request.
 *
 * @param network whose share of the limits it takes
 * @param address where it comes from, where that is known
 */
record Requester(ClientNetwork network, Optional<InetAddress> address) {

    /** A connection that is closed already has no peer; it holds its place for a moment only. */
    static final Requester UNKNOWN = new Requester(ClientNetwork.LOCAL, Optional.empty());

    static Requester at(InetAddress address) {
        return new Requester(ClientNetwork.of(address), Optional.of(address));
    }
}
