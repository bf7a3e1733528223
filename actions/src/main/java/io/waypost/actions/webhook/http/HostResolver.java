package io.waypost.actions.webhook.http;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** From a host name to its addresses. May block; is asked by many threads at once. */
@FunctionalInterface
public interface HostResolver {

    /**
     * Finds the addresses of one name.
     *
     * @param host a name, never an address
     * @param timeout how long the caller waits at most
     * @return at least one address, best first
     * @throws IOException when there is none, or none in time
     */
    List<InetAddress> resolve(String host, Duration timeout) throws IOException;
}
