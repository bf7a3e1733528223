package io.waypost.outbound.smtp;

import io.waypost.outbound.exchange.Exchange;
import io.waypost.outbound.tls.Encryption;
import io.waypost.outbound.tls.TlsContexts;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** A client whose connections carry one mail each, encrypted where the peer offers it. */
final class OneMailClient {

    private final SmtpClient client;

    OneMailClient(SmtpTimeouts timeouts) {
        client = new SmtpClient(timeouts, new TlsContexts(Optional.empty()), new ConnectionLimits(Duration.ZERO, 1));
    }

    static Peer peer(HostAndPort host) {
        return peer(host, Encryption.OPPORTUNISTIC);
    }

    static Peer peer(HostAndPort host, Encryption encryption) {
        return new Peer(
                new Exchange(host.host(), InetAddress.ofLiteral(host.host()), host.port(), false),
                encryption,
                Optional.empty(),
                "mx.example.com",
                Optional.empty());
    }

    DeliveryResult deliver(HostAndPort host, Delivery delivery) {
        return client.deliver(peer(host), delivery).result();
    }
}
