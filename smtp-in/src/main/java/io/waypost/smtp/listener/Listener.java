package io.waypost.smtp.listener;

import io.waypost.smtp.ListenerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening socket. Accepting runs on a platform thread of its own, which only hands connections over. */
final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /** Connections that wait to be accepted; a burst of clients must not be turned away by the kernel. */
    private static final int BACKLOG = 1024;

    private final ListenerSettings settings;
    private final ServerSocketChannel channel;
    private final InetSocketAddress address;
    private final Sessions sessions;

    private Listener(ListenerSettings settings, ServerSocketChannel channel, Sessions sessions) throws IOException {
        this.settings = settings;
        this.channel = channel;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.sessions = sessions;
    }

    static Listener open(ListenerSettings settings, Sessions sessions) throws IOException {
        InetSocketAddress wanted = settings.address();
        if (wanted.isUnresolved()) {
            throw new IOException("SMTP cannot listen on " + text(wanted) + ": unknown address");
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(wanted, BACKLOG);
            return new Listener(settings, channel, sessions);
        } catch (IOException e) {
            channel.close();
            throw new IOException("SMTP cannot listen on " + text(wanted) + ": " + e.getMessage(), e);
        }
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return address;
    }

    void start() {
        Thread.ofPlatform().name("smtp-accept-" + address.getPort()).daemon().start(this::accept);
        LOG.info(
                "SMTP on {} ({}TLS: {}{})",
                text(address),
                settings.isSubmission() ? "submission, " : "",
                settings.tls(),
                settings.isProxied() ? ", behind a proxy" : "");
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                SocketChannel client = channel.accept();
                sessions.begin(client, settings);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                // Most likely no file descriptors or no memory are left; those who end will give some back.
                LOG.error("Cannot accept connections on {}: {}", text(address), e.toString());
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing {}: {}", text(address), e.getMessage());
        }
    }

    // InetSocketAddress.toString may show a host name.
    private static String text(InetSocketAddress address) {
        return (address.isUnresolved()
                        ? address.getHostString()
                        : address.getAddress().getHostAddress())
                + ":" + address.getPort();
    }
}
