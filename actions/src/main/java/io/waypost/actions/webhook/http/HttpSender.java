package io.waypost.actions.webhook.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Posts to operators' endpoints: HTTP/1.1, connections kept and counted for each destination, no redirects, one time limit for
 * all of a call. The address that was checked is the address that is connected to: there is no second look-up between.
 *
 * <p>{@link #post} is called on virtual threads and blocks them; the sockets are Vert.x's, and all those of one destination
 * belong to one event loop, so that a call costs one hop there and one back.
 */
public final class HttpSender implements AutoCloseable {

    // Less than the idle time of common servers (node: 5 s), so that a kept connection is seldom closed under a
    // request.
    private static final Duration KEPT_IDLE = Duration.ofSeconds(4);
    private static final int MOST_ADDRESSES = 4;
    private static final int MOST_HEADER = 16 * 1024;
    // Beyond that, destinations that nobody calls now lose their pool: subscribers come and go.
    private static final int MOST_LANES = 500;

    private final Vertx vertx;
    private final HostResolver resolver;
    private final Optional<TrustOptions> trust;
    private final LanePool lanes;

    /** A destination's pool and the event loop it lives on. */
    record Lane(HttpClient client, Context context) {}

    /** Certificates are judged by the JDK's trust store. */
    public HttpSender(Vertx vertx, HostResolver resolver) {
        this(vertx, resolver, Optional.empty());
    }

    HttpSender(Vertx vertx, HostResolver resolver, Optional<TrustOptions> trust) {
        this.vertx = vertx;
        this.resolver = resolver;
        this.trust = trust;
        this.lanes = new LanePool(MOST_LANES, this::lane);
    }

    /**
     * Posts and waits for the answer.
     *
     * @param headers names and values in ASCII, without CR and LF; Content-Length and Host are added
     * @throws IOException when there is no answer: its message is short and may be shown to an operator
     */
    public HttpAnswer post(HttpDestination to, Map<String, String> headers, RequestBody body) throws IOException {
        long deadline = System.nanoTime() + to.timeout().toNanos();
        Lane lane = lanes.enter(to);
        try {
            return post(lane, to, headers, body, deadline);
        } finally {
            lanes.leave(to);
        }
    }

    private HttpAnswer post(Lane lane, HttpDestination to, Map<String, String> headers, RequestBody body, long deadline)
            throws IOException {
        IOException last = null;
        for (InetAddress address : addresses(to)) {
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, to.port())))
                    .setHost(to.url().getHost())
                    .setPort(to.port())
                    .setSsl(to.isTls())
                    .setURI(to.target())
                    .setFollowRedirects(false)
                    .setConnectTimeout(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            try {
                return new HttpCall(lane, options, headers, body, deadline).run();
            } catch (HttpCall.NotConnectedException e) {
                // Nothing was sent: the next address may be tried at once.
                last = e;
            }
        }
        throw last == null ? new IOException(to.host() + " has no address") : last;
    }

    private List<InetAddress> addresses(HttpDestination to) throws IOException {
        Optional<InetAddress> literal = literal(to.host());
        List<InetAddress> all =
                literal.isPresent() ? List.of(literal.get()) : resolver.resolve(to.host(), to.timeout());
        List<InetAddress> allowed =
                all.stream().filter(to.reach()::permits).limit(MOST_ADDRESSES).toList();
        if (allowed.isEmpty() && !all.isEmpty()) {
            throw new IOException(to.host() + " has the private address "
                    + all.getFirst().getHostAddress() + ", and allowPrivate is not set");
        }
        return allowed;
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Lane lane(HttpDestination to) {
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAliveTimeout((int) KEPT_IDLE.toSeconds())
                .setMaxHeaderSize(MOST_HEADER)
                .setVerifyHost(true);
        trust.ifPresent(options::setTrustOptions);
        HttpClient client = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(to.connections()))
                .build();
        return new Lane(client, vertx.getOrCreateContext());
    }

    /** Closes every connection. */
    @Override
    public void close() {
        lanes.close();
    }
}
