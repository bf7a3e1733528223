package io.waypost.outbound.smtp;

import io.waypost.message.ReversePath;
import io.waypost.message.StatusCode;
import io.waypost.outbound.smtp.DeliveryResult.Deferred;
import io.waypost.outbound.smtp.DeliveryResult.Delivered;
import io.waypost.outbound.smtp.DeliveryResult.Refused;
import io.waypost.outbound.tls.TlsContexts;
import java.io.IOException;
import java.util.Optional;

/**
 * Delivers one mail to one peer, over a connection that waits for it or a new one. Shared by all threads; blocks the calling (virtual)
 * thread.
 */
public final class SmtpClient implements AutoCloseable {

    private final SmtpTimeouts timeouts;
    private final TlsContexts contexts;
    private final IdleSessions idle;

    /**
     * @param timeouts how long it waits for peers
     * @param contexts TLS as peers must show it
     * @param limits how long connections live
     */
    public SmtpClient(SmtpTimeouts timeouts, TlsContexts contexts, ConnectionLimits limits) {
        this.timeouts = timeouts;
        this.contexts = contexts;
        this.idle = new IdleSessions(limits);
    }

    /**
     * Why no peer at all can be given this mail; nothing when one may.
     */
    public static Optional<Refused> impossible(Delivery delivery) {
        if (delivery.from() instanceof ReversePath.Of sender && !Paths.isSafe(sender.address())) {
            return Optional.of(
                    new Refused(new StatusCode(5, 1, 7), "the sender's address has a wrong syntax", Optional.empty()));
        }
        if (!Paths.isSafe(delivery.recipient().address())) {
            return Optional.of(new Refused(
                    new StatusCode(5, 1, 3), "the recipient's address has a wrong syntax", Optional.empty()));
        }
        return Optional.empty();
    }

    /**
     * Tries once. When the peer has the whole mail and its answer is lost, the result is Deferred: the mail may arrive twice, which
     * is better than not at all (RFC 5321 4.5.3.2.6).
     */
    public HostAttempt deliver(Peer peer, Delivery delivery) {
        Optional<Refused> impossible = impossible(delivery);
        if (impossible.isPresent()) {
            return new HostAttempt(impossible.get(), Optional.empty(), Optional.empty(), false);
        }
        Optional<SmtpSession> waiting = idle.take(peer);
        if (waiting.isPresent()) {
            Optional<HostAttempt> attempt = again(peer, waiting.get(), delivery);
            if (attempt.isPresent()) {
                return attempt.get();
            }
        }
        return anew(peer, delivery);
    }

    /** Over a connection that has waited; nothing when it turned out to be of no use any more, which is no fault of the mail. */
    private Optional<HostAttempt> again(Peer peer, SmtpSession session, Delivery delivery) {
        HostAttempt attempt = over(session, delivery, true);
        boolean stale = attempt.result() instanceof Deferred && !session.contentBegun() && !session.isUsable();
        idle.give(peer, session);
        return stale ? Optional.empty() : Optional.of(attempt);
    }

    private HostAttempt anew(Peer peer, Delivery delivery) {
        SmtpSession session;
        try {
            session = open(peer);
        } catch (IOException e) {
            Deferred deferred = e instanceof NotNowException notNow
                    ? notNow.result()
                    : Deferred.host(String.valueOf(e.getMessage()));
            return new HostAttempt(deferred, Optional.empty(), Optional.empty(), false);
        }
        HostAttempt attempt = over(session, delivery, false);
        idle.give(peer, session);
        return attempt;
    }

    private SmtpSession open(Peer peer) throws IOException {
        try {
            return open(peer, true);
        } catch (TlsFaultException e) {
            if (!peer.encryption().mayBeClear()) {
                throw e;
            }
            return open(peer, false);
        }
    }

    private SmtpSession open(Peer peer, boolean encrypt) throws IOException {
        SmtpConnection connection = SmtpConnection.open(peer, timeouts);
        try {
            return SmtpSession.begin(connection, peer, timeouts, contexts, encrypt);
        } catch (TlsFaultException | NotNowException e) {
            connection.close();
            throw e;
        } catch (IOException e) {
            connection.close();
            throw new NotNowException(connection.describe(e));
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static HostAttempt over(SmtpSession session, Delivery delivery, boolean reused) {
        DeliveryResult result;
        try {
            result = new Delivered(session.deliver(delivery).toString());
        } catch (RefusedException e) {
            result = e.result();
        } catch (NotNowException e) {
            result = lost(session, e.result());
        } catch (IOException e) {
            result = lost(session, Deferred.host(session.describe(e)));
        } catch (RuntimeException e) {
            session.abandon();
            throw e;
        }
        return new HostAttempt(result, session.tls(), session.localAddress(), reused);
    }

    /** Whoever got content may have got all of it: no other host is to have the mail at once, too. */
    private static Deferred lost(SmtpSession session, Deferred deferred) {
        return session.contentBegun() && deferred.cause() == DeliveryResult.Cause.HOST
                ? new Deferred(DeliveryResult.Cause.PACE, deferred.reason(), deferred.reply())
                : deferred;
    }

    /** Closes the connections that wait. */
    @Override
    public void close() {
        idle.close();
    }
}
