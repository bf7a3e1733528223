package io.waypost.api.aws;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * Who is one client, as far as limits are concerned: an IPv4 address, or the /64 of an IPv6 address, since whoever has one address of
 * such a network has all of them (RFC 4291 2.5.4). It is the peer of the connection, or whom a proxy of
 * the operator's names.
 *
 * @param text for logs: {@code 192.0.2.7}, {@code 20010db800000000/64}
 */
public record ClientNetwork(String text) {

    /** This machine. */
    public static final ClientNetwork LOCAL = of(InetAddress.getLoopbackAddress());

    private static final int NETWORK_BYTES = 8;

    /** IPv4 addresses in IPv6 form are IPv4 addresses to Java. */
    public static ClientNetwork of(InetAddress address) {
        if (address instanceof Inet6Address) {
            return new ClientNetwork(HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES) + "/64");
        }
        return new ClientNetwork(address.getHostAddress());
    }

    @Override
    public String toString() {
        return text;
    }
}
