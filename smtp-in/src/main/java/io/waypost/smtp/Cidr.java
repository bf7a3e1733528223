package io.waypost.smtp;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A network of addresses, such as {@code 192.0.2.0/24} or {@code 2001:db8::/32}.
 *
 * @param network any address of it
 * @param prefix how many leading bits count
 */
public record Cidr(InetAddress network, int prefix) {

    public Cidr {
        if (prefix < 0 || prefix > network.getAddress().length * 8) {
            throw new IllegalArgumentException("no such prefix length: /" + prefix);
        }
    }

    /**
     * Reads {@code 192.0.2.0/24}; an address alone is a network of one.
     *
     * @throws IllegalArgumentException for anything else; host names are never looked up
     */
    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int bits = address.getAddress().length * 8;
        return new Cidr(address, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)));
    }

    /** The network of that size around an address; one network, however it is written, makes equal records. */
    public static Cidr around(InetAddress address, int prefix) {
        byte[] octets = plain(address).getAddress();
        for (int i = 0; i < octets.length; i++) {
            int bits = Math.clamp(prefix - 8L * i, 0, 8);
            octets[i] &= (byte) (0xff00 >> bits);
        }
        return new Cidr(address(octets), prefix);
    }

    /** The same address, where it is an IPv4-mapped one as IPv4 (RFC 4291 2.5.5.2). */
    public static InetAddress plain(InetAddress address) {
        return address(address.getAddress());
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 octets are always an address", e);
        }
    }

    /** Whether the address lies in this network. IPv4 addresses are never in an IPv6 network. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += 8) {
            int mask = prefix - bit >= 8 ? 0xff : 0xff << (8 - (prefix - bit)) & 0xff;
            if (((mine[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
