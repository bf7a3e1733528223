package io.waypost.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.waypost.api.aws.ClientNetwork;
import io.waypost.api.aws.Door;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.metrics.HttpRefusals.Limit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP port: {@code /healthz}, {@code /readyz} and {@code /metrics}; everything else goes to the APIs. Requests are read on
 * Vert.x's event loops within {@link ApiLimits}, and answered elsewhere.
 */
public final class HttpDoor {

    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);

    // Beyond the limits of connections there is room for a few that ask for health and metrics, and do it soon.
    private static final int RESERVE = 32;
    private static final int RESERVE_PER_ADDRESS = 4;
    private static final Duration RESERVE_PATIENCE = Duration.ofSeconds(5);
    private static final int IDLE_SECONDS = 60;
    private static final int START_SECONDS = 20;
    // A presigned request has everything in its first line.
    private static final int LONGEST_LINE = 10 * 1024;
    private static final int LONGEST_HEADER = 16 * 1024;
    private static final Door NO_APIS = _ -> new WireResponse(
            404,
            Map.of("Content-Type", "application/json"),
            Json.error("there is /healthz, /readyz and /metrics").getBytes(StandardCharsets.UTF_8));

    private final Vertx vertx;
    private final InetSocketAddress address;
    private final HealthPaths health;
    private final Desk desk;
    private final ForwardedFor forwarded;
    private final Map<HttpConnection, Visit> visits = new ConcurrentHashMap<>();
    private final Places connections;
    private final Places reserve = new Places(RESERVE, RESERVE_PER_ADDRESS);
    private @Nullable HttpServer server;

    /** A port without APIs. */
    public HttpDoor(Vertx vertx, InetSocketAddress address, PrometheusMeterRegistry registry, Readiness readiness) {
        this(vertx, address, registry, readiness, NO_APIS, ApiLimits.STANDARD, ForwardedFor.NOBODY);
    }

    /**
     * @param address where to listen; may be unresolved, port 0 lets the system choose
     * @param registry what {@code /metrics} shows
     * @param readiness what {@code /readyz} asks
     * @param door answers everything but the three paths
     * @param forwarded which proxies tell for whom they ask
     */
    public HttpDoor(
            Vertx vertx,
            InetSocketAddress address,
            PrometheusMeterRegistry registry,
            Readiness readiness,
            Door door,
            ApiLimits limits,
            ForwardedFor forwarded) {
        this.forwarded = forwarded;
        this.vertx = vertx;
        this.address = address;
        this.health = new HealthPaths(vertx, registry, readiness);
        this.desk = new Desk(limits, door, registry);
        this.connections = new Places(limits.connections(), limits.connectionsPerAddress());
    }

    /**
     * Binds the port; not to be called on an event loop.
     *
     * @throws IOException when the address cannot be used, with the address and the reason in its message
     */
    public synchronized void start() throws IOException {
        HttpServer created = vertx.createHttpServer(options())
                .connectionHandler(this::connected)
                .requestHandler(this::handle)
                .invalidRequestHandler(this::invalid);
        try {
            await(created.listen(address.getPort(), address.getHostString()));
            server = created;
        } catch (IOException e) {
            throw new IOException(
                    "HTTP cannot listen on %s:%d: %s"
                            .formatted(address.getHostString(), address.getPort(), e.getMessage()),
                    e);
        }
    }

    /** The port that is bound. */
    public synchronized int port() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server.actualPort();
    }

    /** Closes the port and its connections; does nothing when it is closed. */
    public synchronized void stop() {
        if (server == null) {
            return;
        }
        try {
            await(server.close());
        } catch (IOException e) {
            LOG.warn("HTTP on {} did not close cleanly: {}", address, e.getMessage());
        }
        server = null;
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LONGEST_HEADER)
                .setMaxFormAttributeSize(0)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private void connected(HttpConnection connection) {
        Optional<InetAddress> peer = address(connection.remoteAddress());
        ClientNetwork client = peer.map(ClientNetwork::of).orElse(ClientNetwork.LOCAL);
        boolean proxy = peer.filter(forwarded::isProxy).isPresent();
        Places.Taken taken = proxy ? connections.takeForMany(client) : connections.take(client);
        if (taken == Places.Taken.YES) {
            receive(new Visit(vertx, connection, desk.limits().nextRequest(), client, null), connection, connections);
            return;
        }
        boolean ofClient = taken == Places.Taken.CLIENT_HAS_ITS_SHARE;
        desk.limited().count(ofClient ? Limit.CONNECTIONS_PER_ADDRESS : Limit.CONNECTIONS);
        if (reserve.take(client) == Places.Taken.YES) {
            Refusal refusal = ofClient ? Refusal.THROTTLED : Refusal.BUSY;
            receive(new Visit(vertx, connection, RESERVE_PATIENCE, client, refusal), connection, reserve);
        } else {
            connection.close();
        }
    }

    private void receive(Visit visit, HttpConnection connection, Places places) {
        visits.put(connection, visit);
        connection.closeHandler(_ -> {
            visits.remove(connection);
            visit.ourTurn();
            places.giveBack(visit.client());
        });
        visit.peersTurn();
    }

    private static Optional<InetAddress> address(@Nullable SocketAddress peer) {
        String address = peer == null ? null : peer.hostAddress();
        if (address == null) {
            return Optional.empty();
        }
        // Behind the % stands the interface of a link-local address (RFC 4007 11): all of a link are one client.
        int zone = address.indexOf('%');
        return Optional.of(InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone)));
    }

    private Requester requester(HttpServerRequest request) {
        return address(request.remoteAddress())
                .map(peer -> forwarded.client(peer, request.headers().getAll("X-Forwarded-For")))
                .map(Requester::at)
                .orElse(Requester.UNKNOWN);
    }

    private void handle(HttpServerRequest request) {
        Visit visit = visits.get(request.connection());
        if (visit == null || visit.isClosing()) {
            return;
        }
        visit.ourTurn();
        String path = String.valueOf(request.path());
        if (HealthPaths.isOne(path)) {
            health.handle(path, request, visit);
        } else {
            new Exchange(desk, request, visit, requester(request), vertx.getOrCreateContext()).begin();
        }
    }

    private void invalid(HttpServerRequest request) {
        Visit visit = visits.get(request.connection());
        if (visit != null && !visit.isClosing()) {
            byte[] body = Json.error("not a valid request").getBytes(StandardCharsets.UTF_8);
            Answers.send(request, visit, 400, Map.of("Content-Type", "application/json"), body, true);
        }
    }

    /** Bytes that bodies may still take. */
    long memoryLeft() {
        return desk.memory().left();
    }

    long largeMemoryLeft() {
        return desk.largeMemory().left();
    }

    private static void await(Future<?> future) throws IOException {
        try {
            future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(cause == null ? "failed" : String.valueOf(cause.getMessage()), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + START_SECONDS + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
