package io.waypost.smtp.wire;

import io.waypost.message.Client;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * One client's connection, in clear or under TLS. Reading and writing block the session's virtual thread; {@link #expire} and
 * {@link #stop} are called by others and wake it.
 *
 * <p>Deadlines are kept by a single watcher rather than by socket timeouts: a timed read costs a scheduled task each, and
 * writes would have none.
 */
public final class Connection implements Source, Output.Target, AutoCloseable {

    /** Why the session was woken. */
    public enum Wake {
        NONE,
        TIMEOUT,
        STOPPING
    }

    private static final long NO_DEADLINE = Long.MAX_VALUE;
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int LINGERED = 256 * 1024;

    private final SocketChannel channel;
    private final InetSocketAddress peer;
    private final long origin = System.nanoTime();
    private InputStream in;
    private OutputStream out;

    /** Nanoseconds since {@link #origin}: comparable without overflow. */
    private volatile long deadline = NO_DEADLINE;

    private volatile Wake wake = Wake.NONE;

    public Connection(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.peer = (InetSocketAddress) channel.getRemoteAddress();
        this.in = channel.socket().getInputStream();
        this.out = channel.socket().getOutputStream();
    }

    /** The peer of the TCP connection; its name is never looked up. */
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        try {
            return in.read(octets, offset, length);
        } catch (IOException e) {
            if (wake != Wake.NONE) {
                return -1;
            }
            throw e;
        }
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        out.write(octets, offset, length);
    }

    /** Whether the peer has sent something that was not read yet. */
    public boolean hasWaiting() throws IOException {
        return in.available() > 0;
    }

    /**
     * Makes this an encrypted connection.
     *
     * @param begun octets of the handshake that were read already (behind a PROXY header); nothing else that was read before
     *     may be kept by the caller
     * @return what was negotiated
     * @throws IOException when the handshake fails; the connection can only be closed then
     */
    public Client.Tls startTls(SSLContext context, byte[] begun) throws IOException {
        // Server mode. No host name is handed over and none is looked up.
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(new WakingSocket(), new ByteArrayInputStream(begun), true);
        socket.startHandshake();
        String protocol = socket.getSession().getProtocol();
        if ("NONE".equals(protocol)) {
            throw new SSLException("no TLS session");
        }
        in = socket.getInputStream();
        out = socket.getOutputStream();
        return new Client.Tls(protocol, socket.getSession().getCipherSuite());
    }

    /** From now on the peer has so long; then the session is woken. */
    public void allow(Duration time) {
        deadline = elapsed() + time.toNanos();
    }

    /** From now on the session works and the peer waits. */
    public void allowForever() {
        deadline = NO_DEADLINE;
    }

    /** Nanoseconds since the connection was made. */
    public long elapsed() {
        return System.nanoTime() - origin;
    }

    /** The session is to be woken at this moment of {@link #elapsed}. */
    public void allowUntil(long moment) {
        deadline = moment;
    }

    /** Called by the watcher every now and then: wakes the session when its deadline has passed, closes when that did not help. */
    public void expire() {
        if (elapsed() < deadline) {
            return;
        }
        if (wake == Wake.NONE) {
            wake(Wake.TIMEOUT);
            allow(GRACE);
        } else {
            close();
        }
    }

    /** Wakes the session, if it waits for its peer, because the server stops. What it is committing goes on. */
    public void stop() {
        wake(Wake.STOPPING);
    }

    /** Whether this is the connection of that channel. */
    public boolean isOn(SocketChannel other) {
        return channel.equals(other);
    }

    /** Why reading ended, if it was not the peer's doing. */
    public Wake wake() {
        return wake;
    }

    private void wake(Wake reason) {
        wake = reason;
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            // The peer was faster; there is nobody left to wake.
            close();
        }
    }

    /**
     * Ends the output and passes over what the peer still sends, within limits: closing at once would reset the connection, and
     * the peer might never see the reply that says why.
     */
    public void closeGently() {
        try {
            if (wake == Wake.NONE) {
                allow(Duration.ofSeconds(2));
                channel.shutdownOutput();
                byte[] waste = new byte[1024];
                int read = 0;
                int count;
                InputStream raw = channel.socket().getInputStream();
                while (read < LINGERED && (count = raw.read(waste)) >= 0) {
                    read += count;
                }
            }
        } catch (IOException e) {
            // It is being closed anyway.
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing can be done, and nothing is lost: replies were flushed before.
        }
    }

    /**
     * What lies below TLS. When the session is woken, reading says "timeout" instead of "end": TLS takes an end for an attack and
     * tears everything down, but after a timeout it still writes, and the peer hears why.
     */
    private final class WakingSocket extends DelegatingSocket {
        WakingSocket() {
            super(channel.socket());
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] octets, int offset, int length) throws IOException {
                    int count = super.read(octets, offset, length);
                    if (count < 0 && wake != Wake.NONE) {
                        throw new SocketTimeoutException("woken");
                    }
                    return count;
                }
            };
        }
    }

    /** The peer as the log shows it. */
    @Override
    public String toString() {
        return Optional.ofNullable(peer.getAddress())
                        .map(address -> address.getHostAddress())
                        .orElse("?")
                + ":" + peer.getPort();
    }
}
