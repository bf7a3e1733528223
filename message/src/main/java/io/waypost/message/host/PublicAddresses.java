package io.waypost.message.host;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses of the public internet from those that lead back into the operator's own networks (the special-purpose
 * registries of RFC 6890). An IPv6 address that carries an IPv4 address is judged by that, too.
 */
public final class PublicAddresses {

    private static final List<Block> SPECIAL = blocks(
            "0.0.0.0/8", // this network (RFC 791)
            "10.0.0.0/8", // private (RFC 1918)
            "100.64.0.0/10", // carrier-grade NAT (RFC 6598)
            "127.0.0.0/8", // loopback (RFC 1122)
            "169.254.0.0/16", // link-local, cloud metadata (RFC 3927)
            "172.16.0.0/12", // private (RFC 1918)
            "192.0.0.0/24", // protocol assignments (RFC 6890)
            "192.0.2.0/24", // documentation (RFC 5737)
            "192.88.99.0/24", // 6to4 relays (RFC 7526)
            "192.168.0.0/16", // private (RFC 1918)
            "198.18.0.0/15", // benchmarks (RFC 2544)
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast (RFC 5771)
            "240.0.0.0/4", // reserved, broadcast (RFC 1112)
            "::/96", // unspecified, loopback, IPv4-compatible (RFC 4291)
            "64:ff9b:1::/48", // local NAT64 (RFC 8215)
            "100::/64", // discard (RFC 6666)
            "2001::/32", // Teredo (RFC 4380): the address inside is not ours to judge
            "2001:2::/48", // benchmarks (RFC 5180)
            "2001:10::/28", // ORCHID (RFC 4843)
            "2001:20::/28", // ORCHIDv2 (RFC 7343)
            "2001:db8::/32", // documentation (RFC 3849)
            "3fff::/20", // documentation (RFC 9637)
            "5f00::/16", // segment routing (RFC 9602)
            "fc00::/7", // unique local (RFC 4193)
            "fe80::/10", // link-local
            "fec0::/10", // site-local (RFC 3879)
            "ff00::/8"); // multicast

    private static final Block MAPPED = block("::ffff:0:0/96", true);
    private static final Block TRANSLATED = block("::ffff:0:0:0/96", true);
    private static final Block NAT64 = block("64:ff9b::/96", true);
    private static final Block SIX_TO_FOUR = block("2002::/16", true);

    private PublicAddresses() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    private record Block(byte[] prefix, int bits) {
        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Whether the address can be somebody else's on the public internet. */
    public static boolean isPublic(InetAddress address) {
        return isPublic(address.getAddress());
    }

    private static boolean isPublic(byte[] address) {
        if (address.length == 16) {
            if (MAPPED.contains(address) || TRANSLATED.contains(address) || NAT64.contains(address)) {
                return isPublic(Arrays.copyOfRange(address, 12, 16));
            }
            if (SIX_TO_FOUR.contains(address)) {
                return isPublic(Arrays.copyOfRange(address, 2, 6));
            }
        }
        return SPECIAL.stream().noneMatch(block -> block.contains(address));
    }

    private static List<Block> blocks(String... texts) {
        return Arrays.stream(texts)
                .map(text -> block(text, text.indexOf(':') >= 0))
                .toList();
    }

    private static Block block(String text, boolean six) {
        int slash = text.indexOf('/');
        byte[] prefix = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
        // Java makes an Inet4Address of an IPv4-mapped text.
        byte[] whole = six && prefix.length == 4 ? mapped(prefix) : prefix;
        return new Block(whole, Integer.parseInt(text.substring(slash + 1)));
    }

    private static byte[] mapped(byte[] four) {
        byte[] whole = new byte[16];
        whole[10] = (byte) 0xff;
        whole[11] = (byte) 0xff;
        System.arraycopy(four, 0, whole, 12, 4);
        return whole;
    }
}
