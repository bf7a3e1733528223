package io.waypost.outbound.smtp;

import io.waypost.message.ReversePath;
import io.waypost.message.StatusCode;
import io.waypost.message.host.HostAddresses;
import io.waypost.outbound.smtp.DeliveryResult.Deferred;
import io.waypost.outbound.smtp.DeliveryResult.Delivered;
import io.waypost.outbound.smtp.DeliveryResult.Refused;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Delivers one mail to one host, each over a connection of its own, encrypted when the host offers it. Shared by all threads; blocks
 * the calling (virtual) thread.
 */
public final class SmtpClient {

    private final String hostname;
    private final SmtpTimeouts timeouts;
    private final HostAddresses hosts;
    private final SSLContext tls = OpportunisticTls.context();

    /**
     * @param hostname what this server calls itself in EHLO
     * @param timeouts how long it waits for peers
     * @param hosts where peers are
     */
    public SmtpClient(String hostname, SmtpTimeouts timeouts, HostAddresses hosts) {
        this.hostname = hostname;
        this.timeouts = timeouts;
        this.hosts = hosts;
    }

    /**
     * Tries once. When the peer has the whole mail and its answer is lost, the result is Deferred: the mail may arrive twice, which
     * is better than not at all (RFC 5321 4.5.3.2.6).
     */
    public DeliveryResult deliver(HostAndPort host, Delivery delivery) {
        if (delivery.from() instanceof ReversePath.Of sender && !Paths.isSafe(sender.address())) {
            return new Refused(new StatusCode(5, 1, 7), "the sender's address has a wrong syntax", Optional.empty());
        }
        if (!Paths.isSafe(delivery.recipient().address())) {
            return new Refused(new StatusCode(5, 1, 3), "the recipient's address has a wrong syntax", Optional.empty());
        }
        try {
            return attempt(host, delivery, Optional.of(tls));
        } catch (TlsFaultException e) {
            try {
                return attempt(host, delivery, Optional.empty());
            } catch (TlsFaultException impossible) {
                throw new IllegalStateException("no TLS was asked for", impossible);
            }
        }
    }

    private DeliveryResult attempt(HostAndPort host, Delivery delivery, Optional<SSLContext> encryption)
            throws TlsFaultException {
        try (SmtpConnection connection = SmtpConnection.open(host, hosts, timeouts)) {
            try {
                PeerReply end = new Conversation(connection, hostname, timeouts, encryption).deliver(delivery);
                return new Delivered(end.toString());
            } catch (TlsFaultException e) {
                throw e;
            } catch (RefusedException e) {
                return e.result();
            } catch (IOException e) {
                return new Deferred(connection.describe(e));
            }
        } catch (TlsFaultException e) {
            throw e;
        } catch (IOException e) {
            return new Deferred(String.valueOf(e.getMessage()));
        }
    }
}
