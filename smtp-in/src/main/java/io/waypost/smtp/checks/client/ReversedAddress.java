package io.waypost.smtp.checks.client;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.StringJoiner;

/** An address as the first labels of a name in DNS: its last part first (RFC 5782 2.1 and 2.4, RFC 3596 2.5). */
final class ReversedAddress {

    private ReversedAddress() {}

    static String of(InetAddress address) {
        byte[] octets = address.getAddress();
        StringJoiner labels = new StringJoiner(".");
        if (octets.length == 4) {
            for (int i = octets.length - 1; i >= 0; i--) {
                labels.add(String.valueOf(octets[i] & 0xff));
            }
        } else {
            String digits = HexFormat.of().formatHex(octets);
            for (int i = digits.length() - 1; i >= 0; i--) {
                labels.add(digits.substring(i, i + 1));
            }
        }
        return labels.toString();
    }
}
