package io.waypost.outbound.smtp;

import io.waypost.outbound.exchange.Exchange;
import io.waypost.outbound.tls.Encryption;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Whom to connect to, and how. Mails for equal peers may share a connection.
 *
 * @param exchange host and address
 * @param encryption what the connection must be protected by
 * @param source the local address to connect from; empty for whichever the system takes
 * @param hostname what this server calls itself in EHLO
 * @param login what to log in with, for a relay that wants it
 */
public record Peer(
        Exchange exchange,
        Encryption encryption,
        Optional<InetAddress> source,
        String hostname,
        Optional<Login> login) {

    /**
     * A user of a relay (RFC 4954).
     *
     * @param password never shown
     */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }
}
