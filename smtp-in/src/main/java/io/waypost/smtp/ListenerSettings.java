package io.waypost.smtp;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * One listening socket.
 *
 * @param address where to listen; port 0 lets the system choose
 * @param purpose what it is for
 * @param tls how TLS is used
 * @param proxyTrusted peers that must begin with a PROXY header and whose header is believed; empty means no proxy: a PROXY
 *     header is then refused
 */
public record ListenerSettings(InetSocketAddress address, Purpose purpose, TlsMode tls, List<Cidr> proxyTrusted) {

    /** What a listener is for. */
    public enum Purpose {
        /** Mail from everybody for the domains that are ours (RFC 5321 2.3.10: a delivery system). */
        RECEPTION,
        /** Mail from those who log in, for everybody (RFC 6409). */
        SUBMISSION
    }

    public ListenerSettings {
        proxyTrusted = List.copyOf(proxyTrusted);
    }

    /** A listener that receives. */
    public ListenerSettings(InetSocketAddress address, TlsMode tls, List<Cidr> proxyTrusted) {
        this(address, Purpose.RECEPTION, tls, proxyTrusted);
    }

    /** Whether mail is submitted here. */
    public boolean isSubmission() {
        return purpose == Purpose.SUBMISSION;
    }

    /** Whether connections here come through a proxy. */
    public boolean isProxied() {
        return !proxyTrusted.isEmpty();
    }
}
