package io.waypost.smtp.checks.client;

import io.waypost.smtp.Cidr;
import java.net.InetAddress;
import java.util.List;

/** Addresses that mean something in their own network only: no list in the world's DNS says anything about them. */
final class LocalAddresses {

    private static final List<Cidr> UNKNOWN_TO_JAVA = List.of(
            // Unique local (RFC 4193 3.1).
            Cidr.of("fc00::/7"),
            // Shared by providers (RFC 6598 7).
            Cidr.of("100.64.0.0/10"));

    private LocalAddresses() {}

    static boolean has(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || UNKNOWN_TO_JAVA.stream().anyMatch(range -> range.contains(address));
    }
}
