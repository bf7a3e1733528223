package io.waypost.rules.match;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses in CIDR notation (RFC 4632, RFC 4291 2.3).
 *
 * @param address the first address
 * @param bits how many leading bits count
 */
public record Network(InetAddress address, int bits) {

    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /**
     * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or a single address. Names are never looked up.
     *
     * @throws IllegalArgumentException with what would be right
     */
    public static Network of(String text) {
        int slash = text.indexOf('/');
        InetAddress address = literal(text, slash < 0 ? text : text.substring(0, slash));
        int most = address.getAddress().length * 8;
        int bits = slash < 0 ? most : bits(text, text.substring(slash + 1), most);
        Network network = new Network(address, bits);
        InetAddress first = network.first();
        if (!first.equals(address)) {
            throw new IllegalArgumentException("'" + text + "' has bits set behind its /" + bits + "; did you mean '"
                    + first.getHostAddress() + "/" + bits + "'?");
        }
        return network;
    }

    private static InetAddress literal(String whole, String text) {
        Matcher four = IPV4.matcher(text);
        boolean valid = IPV6.matcher(text).matches();
        if (four.matches()) {
            valid = true;
            for (int i = 1; i <= 4; i++) {
                valid &= Integer.parseInt(four.group(i)) <= 255;
            }
        }
        if (valid) {
            try {
                return InetAddress.ofLiteral(text);
            } catch (IllegalArgumentException e) {
                // Said below.
            }
        }
        throw new IllegalArgumentException(
                "'" + whole + "' is not an address block; write 192.0.2.0/24, 2001:db8::/32 or one address");
    }

    private static int bits(String whole, String text, int most) {
        if (text.matches("\\d{1,3}") && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("'" + whole + "': behind the / stands a number from 0 to " + most);
    }

    /** Whether the address lies in this block. An IPv4 address never lies in an IPv6 block or the other way round. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < mine.length; i++) {
            if ((mine[i] & mask(i)) != (theirs[i] & mask(i))) {
                return false;
            }
        }
        return true;
    }

    private InetAddress first() {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bytes[i] & mask(i));
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "an address of a wrong length: " + HexFormat.of().formatHex(bytes), e);
        }
    }

    private int mask(int index) {
        int left = Math.clamp(bits - 8L * index, 0, 8);
        return 0xff << (8 - left) & 0xff;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
