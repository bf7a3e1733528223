package io.waypost.smtp.checks.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Whom to ask, and for how long.
 *
 * @param servers recursive resolvers in the order in which they are asked; empty for those of the system
 * @param timeout for one question, all servers and repeats together
 */
public record DnsSettings(List<InetSocketAddress> servers, Duration timeout) {
    public DnsSettings {
        servers = List.copyOf(servers);
    }
}
