package io.waypost.outbound.source;

import java.net.InetAddress;
import java.util.Optional;

/**
 * An address of this server to send from.
 *
 * @param hostname what the server calls itself in EHLO there; empty for its own name
 * @param seenAs the address that the world sees instead; empty where that is the same
 * @param warmUp how much it may send while it is new
 */
public record SourceAddress(
        InetAddress address, Optional<String> hostname, Optional<InetAddress> seenAs, Optional<WarmUp> warmUp) {

    /** One that the world sees as it is. */
    public SourceAddress(InetAddress address, Optional<String> hostname, Optional<WarmUp> warmUp) {
        this(address, hostname, Optional.empty(), warmUp);
    }
}
