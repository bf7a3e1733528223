package io.waypost.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the {@code dns} part of the server's file. */
final class DnsReader {

    /** RFC 1035 4.2. */
    private static final int PORT = 53;

    private DnsReader() {}

    static DnsSettings read(Section dns) {
        List<InetSocketAddress> servers =
                dns.list("servers", List.of(), text -> HostPort.literal(text, PORT), HostPort::format);
        Set<InetSocketAddress> seen = new HashSet<>();
        for (InetSocketAddress server : servers) {
            if (!seen.add(server)) {
                dns.fault("servers", "'" + HostPort.format(server) + "' stands here twice");
            }
        }
        Duration timeout =
                dns.duration("timeout", Duration.ofSeconds(3), Duration.ofMillis(100), Duration.ofSeconds(30));
        dns.finish();
        return new DnsSettings(servers, timeout);
    }
}
