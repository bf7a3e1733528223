package io.waypost.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How DNS is asked.
 *
 * @param servers resolved, in the order in which they are asked; empty: those of the system
 * @param timeout for one question, over all servers and repetitions
 */
public record DnsSettings(List<InetSocketAddress> servers, Duration timeout) {
    public DnsSettings {
        servers = List.copyOf(servers);
    }
}
