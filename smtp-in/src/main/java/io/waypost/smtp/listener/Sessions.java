package io.waypost.smtp.listener;

import io.waypost.message.Client;
import io.waypost.message.port.MailLog;
import io.waypost.smtp.ListenerSettings;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.session.Opening;
import io.waypost.smtp.session.SessionServices;
import io.waypost.smtp.session.SmtpSession;
import io.waypost.smtp.wire.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All open connections of a server: begins their sessions, watches their deadlines, stops them. Safe for all threads. */
final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /** How late a deadline may be noticed. */
    private static final Duration TICK = Duration.ofMillis(100);

    private final SessionServices services;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("smtp-session-", 1).factory());
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("smtp-deadlines").daemon().factory());
    private volatile boolean stopping;

    Sessions(SessionServices services) {
        this.services = services;
    }

    /** Begins to watch deadlines. */
    void watch() {
        var _ = watcher.scheduleWithFixedDelay(this::expire, TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void expire() {
        try {
            connections.forEach(Connection::expire);
        } catch (RuntimeException e) {
            // A watcher that dies would leave every deadline unwatched.
            LOG.error("A deadline could not be watched", e);
        }
    }

    int count() {
        return count.get();
    }

    /** Takes a new connection, or turns it away. Called by a listener's thread; never waits for the peer. */
    void begin(SocketChannel channel, ListenerSettings listener) throws IOException {
        if (count.incrementAndGet() > services.settings().limits().connections()) {
            count.decrementAndGet();
            turnAway(channel, listener);
            return;
        }
        boolean begun = false;
        try {
            Connection connection = new Connection(channel);
            connections.add(connection);
            threads.execute(() -> serve(connection, listener));
            begun = true;
            if (stopping) {
                connection.stop();
            }
        } catch (IOException | RejectedExecutionException e) {
            LOG.debug("not served, the peer is gone or the server stops: {}", e.toString());
        } finally {
            if (!begun) {
                count.decrementAndGet();
                connections.removeIf(connection -> connection.isOn(channel));
                channel.close();
            }
        }
    }

    private void serve(Connection connection, ListenerSettings listener) {
        try {
            new SmtpSession(services, listener, connection).run();
        } finally {
            connection.close();
            connections.remove(connection);
            count.decrementAndGet();
        }
    }

    private void turnAway(SocketChannel channel, ListenerSettings listener) throws IOException {
        services.observer().connectionRefused();
        Refusal refusal = Opening.tooManyConnections(listener);
        try (channel) {
            InetSocketAddress peer = (InetSocketAddress) channel.getRemoteAddress();
            Client client = new Client(peer.getAddress(), peer.getPort(), "", "SMTP", Optional.empty());
            services.mailLog()
                    .record(new MailLog.Refused(
                            services.clock().instant(),
                            client,
                            "CONNECT",
                            refusal.reason(),
                            refusal.reply(),
                            Optional.empty(),
                            List.of()));
            if (listener.tls() != TlsMode.IMPLICIT) {
                channel.configureBlocking(false);
                channel.write(ByteBuffer.wrap(Opening.line(refusal, listener).getBytes(StandardCharsets.US_ASCII)));
            }
        } catch (IOException e) {
            LOG.debug("turned away a peer that was gone: {}", e.toString());
        }
    }

    /** Wakes all sessions and waits for them to end. */
    boolean stop(Duration patience) {
        stopping = true;
        threads.shutdown();
        connections.forEach(Connection::stop);
        boolean ended = false;
        try {
            ended = threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(Connection::close);
        watcher.shutdownNow();
        return ended;
    }
}
