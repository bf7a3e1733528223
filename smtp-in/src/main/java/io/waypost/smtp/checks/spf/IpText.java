package io.waypost.smtp.checks.spf;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as SPF reads and writes them. */
final class IpText {

    // RFC 7208 5.6: qnum has no leading zeros.
    private static final String QNUM = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(QNUM + "(?:\\." + QNUM + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,39}(?:\\d+\\.\\d+\\.\\d+\\.\\d+)?");
    private static final int LONGEST = 45;

    private IpText() {}

    static Optional<InetAddress> ipv4(String text) {
        return text.length() <= LONGEST && IPV4.matcher(text).matches()
                ? Optional.of(InetAddress.ofLiteral(text))
                : Optional.empty();
    }

    static Optional<InetAddress> ipv6(String text) {
        if (text.length() > LONGEST
                || text.indexOf(':') < 0
                || !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(asIpv6(InetAddress.ofLiteral(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** RFC 7208 5: an IPv4-mapped IPv6 address is an IPv4 address. */
    static InetAddress unmapped(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != 16 || octets[10] != -1 || octets[11] != -1) {
            return address;
        }
        for (int i = 0; i < 10; i++) {
            if (octets[i] != 0) {
                return address;
            }
        }
        return ofOctets(new byte[] {octets[12], octets[13], octets[14], octets[15]});
    }

    /** For people: dotted quad, or the shortest form of RFC 5952. */
    static String readable(InetAddress address) {
        return address instanceof Inet6Address ? compressed(address.getAddress()) : address.getHostAddress();
    }

    /** The {@code i} macro: dotted quad, or all nibbles with dots between (RFC 7208 7.3). */
    static String dotted(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        return String.join(".", HexFormat.of().formatHex(address.getAddress()).split(""));
    }

    private static String compressed(byte[] octets) {
        int bestStart = -1;
        int bestLength = 1;
        int start = -1;
        for (int group = 0; group <= 8; group++) {
            if (group < 8 && group(octets, group) == 0) {
                start = start < 0 ? group : start;
            } else {
                if (start >= 0 && group - start > bestLength) {
                    bestStart = start;
                    bestLength = group - start;
                }
                start = -1;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int group = 0; group < 8; group++) {
            if (group == bestStart) {
                out.append("::");
                group += bestLength - 1;
            } else {
                out.append(out.isEmpty() || out.charAt(out.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(group(octets, group)));
            }
        }
        return out.toString();
    }

    private static int group(byte[] octets, int group) {
        return (octets[2 * group] & 0xff) << 8 | (octets[2 * group + 1] & 0xff);
    }

    // The JDK turns a mapped literal into an IPv4 address, which an "ip6" must never match (RFC 7208 5.6).
    private static InetAddress asIpv6(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length == 16) {
            return address;
        }
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        System.arraycopy(octets, 0, mapped, 12, 4);
        try {
            return Inet6Address.getByAddress(null, mapped, -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InetAddress ofOctets(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
