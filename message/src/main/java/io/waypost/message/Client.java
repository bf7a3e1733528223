package io.waypost.message;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Who handed the mail over: the peer of the SMTP session, or the peer that a trusted proxy named.
 *
 * @param address the peer's address; never looked up in DNS by whoever makes this record
 * @param port the peer's port
 * @param helo the argument of EHLO or HELO, as sent
 * @param protocol the "with" value of the Received field: SMTP, ESMTP, ESMTPS, UTF8SMTP, UTF8SMTPS (RFC 3848, RFC 6531), or
 *     LOCAL for mail that Waypost made itself
 * @param tls version and cipher suite when the session was encrypted
 */
public record Client(InetAddress address, int port, String helo, String protocol, Optional<Tls> tls) {

    /**
     * A negotiated TLS session.
     *
     * @param version such as {@code TLSv1.3}
     * @param cipher the suite's standard name
     */
    public record Tls(String version, String cipher) {}

    /** The client of mail that Waypost itself writes: a DSN, a forward. */
    public static Client local(String hostname) {
        return new Client(InetAddress.getLoopbackAddress(), 0, hostname, "LOCAL", Optional.empty());
    }
}
