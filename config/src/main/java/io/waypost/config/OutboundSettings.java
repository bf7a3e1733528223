package io.waypost.config;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * Where mail that leaves goes.
 *
 * @param relay takes everything that has no route of its own; unresolved
 * @param routes by recipient domain, lower case; unresolved
 */
public record OutboundSettings(Optional<InetSocketAddress> relay, Map<String, InetSocketAddress> routes) {
    public OutboundSettings {
        routes = Map.copyOf(routes);
    }
}
