package io.waypost.outbound.smtp;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * One SMTP session with one mail (RFC 5321 3.3), from the greeting to QUIT. Runs on the thread of the delivery.
 *
 * <p>A 5yz to the greeting or to EHLO is about this client or that host, not about the mail: it ends the session for now. A 5yz to
 * MAIL, RCPT, DATA or the final dot is about the mail: it ends the delivery for good.
 */
final class Conversation {

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final SmtpConnection connection;
    private final String hostname;
    private final SmtpTimeouts timeouts;
    private final Optional<SSLContext> tls;

    /**
     * A conversation that has not begun.
     *
     * @param tls empty when encryption was tried on another connection, and failed
     */
    Conversation(SmtpConnection connection, String hostname, SmtpTimeouts timeouts, Optional<SSLContext> tls) {
        this.connection = connection;
        this.hostname = hostname;
        this.timeouts = timeouts;
        this.tls = tls;
    }

    /** Hands the mail over; returns the peer's promise to keep it. */
    PeerReply deliver(Delivery delivery) throws IOException, RefusedException {
        greeting();
        Capabilities peer = hello();
        if (tls.isPresent() && peer.has("STARTTLS")) {
            peer = encrypt(tls.get(), peer);
        }
        Parameters parameters = new Parameters(peer, delivery);
        expect(2, "MAIL", connection.command("MAIL", mail(parameters), timeouts.command()));
        expect(2, "RCPT", connection.command("RCPT", parameters.recipient(), timeouts.command()));
        expect(3, "DATA", connection.command("DATA", "DATA", timeouts.dataStart()));
        new DotStuffing()
                .write(
                        delivery.content(),
                        (bytes, length) -> connection.send("the message", bytes, length, timeouts.dataBlock()));
        PeerReply end = connection.reply("the message", timeouts.dataEnd());
        expect(2, "the message", end);
        quit();
        return end;
    }

    private void greeting() throws IOException {
        PeerReply greeting = connection.reply("the connection", timeouts.greeting());
        if (greeting.code() != 220) {
            quit();
            throw new NotNowException("greeted with " + greeting);
        }
    }

    private Capabilities hello() throws IOException {
        PeerReply ehlo = connection.command("EHLO", "EHLO " + hostname, timeouts.command());
        if (ehlo.isPositive()) {
            return Capabilities.of(ehlo);
        }
        if (ehlo.isPermanent()) {
            // RFC 5321 3.2: a server without extensions does not know EHLO.
            PeerReply helo = connection.command("HELO", "HELO " + hostname, timeouts.command());
            if (helo.isPositive()) {
                return Capabilities.NONE;
            }
            ehlo = helo;
        }
        quit();
        throw new NotNowException("answered EHLO and HELO with " + ehlo);
    }

    // A peer that offers STARTTLS and then refuses it is served in clear: opportunistic.
    private Capabilities encrypt(SSLContext context, Capabilities clear) throws IOException {
        PeerReply ready = connection.command("STARTTLS", "STARTTLS", timeouts.command());
        if (ready.code() != 220) {
            return clear;
        }
        connection.encrypt(context, timeouts.connect());
        // RFC 3207 4.2: what was announced in clear is forgotten.
        return hello();
    }

    private String mail(Parameters parameters) throws IOException, RefusedException {
        try {
            return parameters.mail();
        } catch (RefusedException e) {
            quit();
            throw e;
        }
    }

    private void expect(int kind, String step, PeerReply reply) throws NotNowException, RefusedException {
        if (reply.code() / 100 == kind) {
            return;
        }
        quit();
        if (reply.isPermanent()) {
            throw new RefusedException(step.equals("RCPT") ? "the recipient" : "the message (" + step + ")", reply);
        }
        throw new NotNowException("answered " + step + " with " + reply);
    }

    /** Good manners; whatever becomes of it, the mail's fate is known already. */
    private void quit() {
        try {
            var _ = connection.command("QUIT", "QUIT", FAREWELL);
        } catch (IOException e) {
            // The peer was faster.
        }
    }
}
