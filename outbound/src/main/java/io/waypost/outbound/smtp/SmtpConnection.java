package io.waypost.outbound.smtp;

import io.waypost.outbound.tls.TlsContexts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** A connection to a peer: commands out, replies in, each within its time. Used by one thread. */
final class SmtpConnection implements AutoCloseable {

    private final long begun = System.nanoTime();
    private final Socket raw;
    private final Watchdog watchdog;
    private ReplyReader replies;
    private OutputStream out;
    private Optional<String> tlsVersion = Optional.empty();
    private String step = "connecting";

    private SmtpConnection(Socket raw, Duration session) throws IOException {
        this.raw = raw;
        this.replies = new ReplyReader(raw.getInputStream());
        this.out = raw.getOutputStream();
        this.watchdog = new Watchdog(raw, session).start();
    }

    /** Connects, from the peer's source address where it has one. */
    static SmtpConnection open(Peer peer, SmtpTimeouts timeouts) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            if (peer.source().isPresent()) {
                socket.bind(new InetSocketAddress(peer.source().get(), 0));
            }
            socket.connect(
                    new InetSocketAddress(
                            peer.exchange().address(), peer.exchange().port()),
                    Math.toIntExact(timeouts.connect().toMillis()));
            return new SmtpConnection(socket, timeouts.session());
        } catch (IOException e) {
            socket.close();
            throw new NotNowException("cannot connect: " + e);
        }
    }

    /** Waits for an answer to {@code step}. */
    PeerReply reply(String nameOfStep, Duration timeout) throws IOException {
        step = "waiting for the answer to " + nameOfStep;
        watchdog.allow(timeout);
        return replies.read();
    }

    /** Sends one command line and waits for its answer. */
    PeerReply command(String nameOfStep, String line, Duration timeout) throws IOException {
        send(nameOfStep, (line + "\r\n").getBytes(StandardCharsets.UTF_8), timeout);
        return reply(nameOfStep, timeout);
    }

    /** Sends bytes, which the peer must take within the time. */
    void send(String nameOfStep, byte[] bytes, Duration timeout) throws IOException {
        send(nameOfStep, bytes, bytes.length, timeout);
    }

    void send(String nameOfStep, byte[] bytes, int length, Duration timeout) throws IOException {
        step = "sending " + nameOfStep;
        watchdog.allow(timeout);
        out.write(bytes, 0, length);
        out.flush();
    }

    /**
     * Encrypts the connection behind a 220 to STARTTLS.
     *
     * @throws NotNowException when bytes came in clear behind the answer (RFC 3207 4.2, CVE-2011-0411 turned round): whoever put them
     *     there would speak inside the encrypted session
     * @throws TlsFaultException when the handshake failed
     */
    void encrypt(TlsContexts contexts, Peer peer, Duration timeout) throws IOException {
        if (replies.hasMore()) {
            throw new NotNowException("data in clear behind the answer to STARTTLS");
        }
        step = "the TLS handshake";
        watchdog.allow(timeout);
        try {
            SSLSocket socket =
                    contexts.client(raw, peer.exchange().host(), peer.exchange().port(), peer.encryption());
            socket.startHandshake();
            tlsVersion = Optional.of(socket.getSession().getProtocol());
            replies = new ReplyReader(socket.getInputStream());
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new TlsFaultException(e);
        }
    }

    Optional<String> tlsVersion() {
        return tlsVersion;
    }

    /** Where the connection comes from. */
    Optional<InetAddress> localAddress() {
        return Optional.ofNullable(raw.getLocalAddress()).filter(address -> !address.isAnyLocalAddress());
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** What went wrong, with the step it went wrong at. */
    String describe(IOException e) {
        if (e instanceof NotNowException) {
            return String.valueOf(e.getMessage());
        }
        return watchdog.expired() ? "too slow: gave up " + step : step + ": " + e.getMessage();
    }

    /** Closes the TCP connection; an encrypted one without a farewell, which a silent peer could hold up. */
    @Override
    public void close() {
        watchdog.close();
        try {
            raw.close();
        } catch (IOException e) {
            // Whatever the peer had to say has been heard.
        }
    }
}
