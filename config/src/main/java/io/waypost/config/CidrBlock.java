package io.waypost.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A range of IP addresses in the notation of RFC 4632 3.1 and RFC 4291 2.3: {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or a
 * single address.
 *
 * @param network the first address of the range
 * @param prefix how many leading bits its addresses share
 */
public record CidrBlock(InetAddress network, int prefix) {

    /**
     * Reads the notation. Nothing is looked up.
     *
     * @throws IllegalArgumentException with what would be right
     */
    public static CidrBlock of(String text) {
        int slash = text.indexOf('/');
        InetAddress address = HostPort.literal(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' is no range of addresses; write it like 192.0.2.0/24, 2001:db8::/32 or 192.0.2.1"));
        int bits = address.getAddress().length * 8;
        int prefix = slash < 0 ? bits : prefix(text, text.substring(slash + 1), bits);
        CidrBlock block = new CidrBlock(masked(address, prefix), prefix);
        if (!block.network.equals(address)) {
            throw new IllegalArgumentException(
                    "'" + text + "' has bits set behind its prefix; did you mean '" + block + "'?");
        }
        return block;
    }

    /** Whether the address lies in this range; an address of the other family never does. */
    public boolean contains(InetAddress address) {
        return address.getAddress().length == network.getAddress().length
                && masked(address, prefix).equals(network);
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }

    private static int prefix(String text, String digits, int bits) {
        if (digits.matches("\\d{1,3}") && Integer.parseInt(digits) <= bits) {
            return Integer.parseInt(digits);
        }
        throw new IllegalArgumentException("'" + text + "': the part behind '/' is not a number from 0 to " + bits);
    }

    private static InetAddress masked(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        int whole = prefix / 8;
        if (whole < bytes.length) {
            bytes[whole] &= (byte) (0xff00 >> prefix % 8);
            Arrays.fill(bytes, whole + 1, bytes.length, (byte) 0);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }
}
