package io.waypost.smtp.checks.spf;

import io.waypost.message.port.Dns.Family;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Which addresses can be the client's. */
final class Families {

    private Families() {}

    static Family of(InetAddress client) {
        return client instanceof Inet6Address ? Family.IPV6 : Family.IPV4;
    }
}
