package io.waypost.smtp;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * One listening socket.
 *
 * @param address where to listen; port 0 lets the system choose
 * @param tls how TLS is used
 * @param proxyTrusted peers that must begin with a PROXY header and whose header is believed; empty means no proxy: a PROXY
 *     header is then refused
 */
public record ListenerSettings(InetSocketAddress address, TlsMode tls, List<Cidr> proxyTrusted) {
    public ListenerSettings {
        proxyTrusted = List.copyOf(proxyTrusted);
    }

    /** Whether connections here come through a proxy. */
    public boolean isProxied() {
        return !proxyTrusted.isEmpty();
    }
}
