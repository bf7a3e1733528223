package io.waypost.outbound.smtp;

import io.waypost.outbound.tls.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * One SMTP session: greeting, EHLO, STARTTLS where there shall be TLS, then mails, one after the other. Used by one thread at a time.
 *
 * <p>A 5yz to the greeting or to EHLO is about this client or that host, not about the mail: it ends the session for now. A 5yz to
 * MAIL, RCPT, DATA or the final dot is about the mail: it ends the delivery for good.
 */
final class SmtpSession implements AutoCloseable {

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final SmtpConnection connection;
    private final SmtpTimeouts timeouts;
    private final Capabilities peer;
    private final Optional<String> tls;
    private int mails;
    private boolean contentBegun;
    private boolean usable = true;

    private SmtpSession(SmtpConnection connection, SmtpTimeouts timeouts, Capabilities peer, Optional<String> tls) {
        this.connection = connection;
        this.timeouts = timeouts;
        this.peer = peer;
        this.tls = tls;
    }

    /**
     * Goes through everything that comes before the first mail. The connection is the session's when this returns, and the caller's when
     * it throws.
     *
     * @param encrypt false when encryption was tried on another connection, and failed
     * @throws TlsFaultException when the handshake failed
     */
    static SmtpSession begin(
            SmtpConnection connection, Peer peer, SmtpTimeouts timeouts, TlsContexts contexts, boolean encrypt)
            throws IOException {
        Opening opening = new Opening(connection, peer, timeouts);
        opening.greeting();
        Capabilities capabilities = opening.hello();
        if (encrypt) {
            capabilities = opening.encrypt(contexts, capabilities);
        }
        if (peer.login().isPresent()) {
            opening.logIn(peer.login().get(), capabilities);
        }
        return new SmtpSession(connection, timeouts, capabilities, connection.tlsVersion());
    }

    /** Hands a mail over; returns the peer's promise to keep it. */
    PeerReply deliver(Delivery asStored) throws IOException, RefusedException {
        contentBegun = false;
        Delivery delivery = connection.localAddress().map(asStored::over).orElse(asStored);
        Parameters parameters = new Parameters(peer, delivery);
        String mail = parameters.mail();
        String recipient = parameters.recipient();
        boolean again = mails++ > 0;
        usable = false;
        if (peer.has("PIPELINING")) {
            together(again, mail, recipient);
        } else {
            inTurn(again, mail, recipient);
        }
        contentBegun = true;
        new DotStuffing()
                .write(
                        delivery.content(),
                        (bytes, length) -> connection.send("the message", bytes, length, timeouts.dataBlock()));
        PeerReply end = connection.reply("the message", timeouts.dataEnd());
        expect(2, "the message", end);
        usable = true;
        return end;
    }

    // RFC 2920 3.1: DATA may be the last command of a group.
    private void together(boolean again, String mail, String recipient) throws IOException, RefusedException {
        String commands = (again ? "RSET\r\n" : "") + mail + "\r\n" + recipient + "\r\nDATA\r\n";
        connection.send("MAIL, RCPT and DATA", commands.getBytes(StandardCharsets.UTF_8), timeouts.command());
        if (again) {
            expect(2, "RSET", connection.reply("RSET", timeouts.command()));
        }
        PeerReply toMail = replyOf("MAIL", timeouts.command());
        PeerReply toRecipient = replyOf("RCPT", timeouts.command());
        PeerReply toData = replyOf("DATA", timeouts.dataStart());
        boolean agreed = toMail.isPositive() && toRecipient.isPositive();
        if (!agreed && toData.code() / 100 == 3) {
            // RFC 2920 3.1: a peer that wants data although nobody gets it is given none.
            connection.send("the end", ".\r\n".getBytes(StandardCharsets.US_ASCII), timeouts.dataBlock());
            var _ = connection.reply("the end", timeouts.dataEnd());
        }
        expect(2, "MAIL", toMail);
        expect(2, "RCPT", toRecipient);
        expect(3, "DATA", toData);
    }

    /** A 421 is the last word, whatever else was asked (RFC 5321 3.8). */
    private PeerReply replyOf(String step, Duration timeout) throws IOException, RefusedException {
        PeerReply reply = connection.reply(step, timeout);
        if (reply.code() == 421) {
            expect(2, step, reply);
        }
        return reply;
    }

    private void inTurn(boolean again, String mail, String recipient) throws IOException, RefusedException {
        if (again) {
            expect(2, "RSET", connection.command("RSET", "RSET", timeouts.command()));
        }
        expect(2, "MAIL", connection.command("MAIL", mail, timeouts.command()));
        expect(2, "RCPT", connection.command("RCPT", recipient, timeouts.command()));
        expect(3, "DATA", connection.command("DATA", "DATA", timeouts.dataStart()));
    }

    private void expect(int kind, String step, PeerReply reply) throws NotNowException, RefusedException {
        if (reply.code() / 100 == kind) {
            return;
        }
        boolean answersMail = !step.equals("RSET");
        // After a reply that is none of the protocol's nobody knows what comes next.
        usable = answersMail && reply.code() != 421 && reply.code() / 100 >= 4;
        if (answersMail && reply.isPermanent()) {
            throw new RefusedException(step.equals("RCPT") ? "the recipient" : "the message (" + step + ")", reply);
        }
        String reason = "answered " + step + " with " + reply;
        throw new NotNowException(new DeliveryResult.Deferred(Patience.cause(step, reply), reason, Optional.of(reply)));
    }

    /** Whether something of the present mail's content was sent: then it is not known how much the peer has of it. */
    boolean contentBegun() {
        return contentBegun;
    }

    /** Whether the peer waits for another mail. */
    boolean isUsable() {
        return usable;
    }

    /** How many mails it was given. */
    int mails() {
        return mails;
    }

    Duration age() {
        return connection.age();
    }

    Optional<String> tls() {
        return tls;
    }

    Optional<String> localAddress() {
        return connection.localAddress().map(InetAddress::getHostAddress);
    }

    String describe(IOException e) {
        return connection.describe(e);
    }

    /** Closes without a word. */
    void abandon() {
        usable = false;
        connection.close();
    }

    /** Good manners where the peer still listens; whatever becomes of it, the fate of all mails is known already. */
    @Override
    public void close() {
        if (usable) {
            try {
                var _ = connection.command("QUIT", "QUIT", FAREWELL);
            } catch (IOException e) {
                // The peer was faster.
            }
        }
        connection.close();
    }

    /** What comes before mail. */
    private record Opening(SmtpConnection connection, Peer peer, SmtpTimeouts timeouts) {

        void greeting() throws IOException {
            PeerReply greeting = connection.reply("the connection", timeouts.greeting());
            if (greeting.code() != 220) {
                quit();
                throw notNow("greeted with ", greeting);
            }
        }

        Capabilities hello() throws IOException {
            PeerReply ehlo = connection.command("EHLO", "EHLO " + peer.hostname(), timeouts.command());
            if (ehlo.isPositive()) {
                return Capabilities.of(ehlo);
            }
            if (ehlo.isPermanent()) {
                // RFC 5321 3.2: a server without extensions does not know EHLO.
                PeerReply helo = connection.command("HELO", "HELO " + peer.hostname(), timeouts.command());
                if (helo.isPositive()) {
                    return Capabilities.NONE;
                }
                ehlo = helo;
            }
            quit();
            throw notNow("answered EHLO and HELO with ", ehlo);
        }

        // A peer that offers STARTTLS and then refuses it is served in clear where it may be.
        Capabilities encrypt(TlsContexts contexts, Capabilities clear) throws IOException {
            if (!clear.has("STARTTLS")) {
                return inClear(clear, "it offers no STARTTLS");
            }
            PeerReply ready = connection.command("STARTTLS", "STARTTLS", timeouts.command());
            if (ready.code() != 220) {
                return inClear(clear, "it answered STARTTLS with " + ready);
            }
            connection.encrypt(contexts, peer, timeouts.connect());
            // RFC 3207 4.2: what was announced in clear is forgotten.
            return hello();
        }

        private Capabilities inClear(Capabilities clear, String why) throws NotNowException {
            if (peer.encryption().mayBeClear()) {
                return clear;
            }
            quit();
            throw new NotNowException("TLS is a must (" + peer.encryption().word() + "), and " + why);
        }

        // RFC 4954 4, RFC 4616 2. Only a peer whose encryption is a must has a login.
        void logIn(Peer.Login login, Capabilities capabilities) throws IOException {
            if (!(" " + capabilities.keywords().getOrDefault("AUTH", "") + " ").contains(" PLAIN ")) {
                quit();
                throw new NotNowException("it offers no AUTH PLAIN");
            }
            String secret = "\0" + login.user() + "\0" + login.password();
            String response = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
            PeerReply reply = connection.command("AUTH", "AUTH PLAIN " + response, timeouts.command());
            if (!reply.isPositive()) {
                quit();
                throw notNow("answered AUTH with ", reply);
            }
        }

        private static NotNowException notNow(String what, PeerReply reply) {
            return new NotNowException(
                    new DeliveryResult.Deferred(DeliveryResult.Cause.HOST, what + reply, Optional.of(reply)));
        }

        private void quit() {
            try {
                var _ = connection.command("QUIT", "QUIT", FAREWELL);
            } catch (IOException e) {
                // The peer was faster.
            }
        }
    }
}
