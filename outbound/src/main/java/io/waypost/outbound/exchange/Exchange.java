package io.waypost.outbound.exchange;

import java.net.InetAddress;

/**
 * One address of one host that takes mail for a domain.
 *
 * @param host its name as the MX record or the operator has it, lower case; the address itself where there is no name
 * @param address where it is
 * @param port where it listens
 * @param authenticated DNSSEC vouches for the name, and for the address or for an alias that leads to it, so that DANE may speak for it
 *     (RFC 7672 2.2)
 */
public record Exchange(String host, InetAddress address, int port, boolean authenticated) {

    @Override
    public String toString() {
        String text = address.getHostAddress();
        String place = text.indexOf(':') >= 0 ? "[" + text + "]:" + port : text + ":" + port;
        return host.equals(text) ? place : host + " " + place;
    }
}
