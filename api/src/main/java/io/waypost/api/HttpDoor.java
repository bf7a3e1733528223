package io.waypost.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP port: {@code /healthz}, {@code /readyz} and {@code /metrics}, each by GET only and without a body. Requests are handled
 * on Vert.x's event loop, what may block on its worker threads, one at a time for each of the two paths that need it.
 */
public final class HttpDoor {

    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);

    private static final int MAX_CONNECTIONS = 100;
    private static final int IDLE_SECONDS = 30;
    private static final long CONNECTION_MILLIS = 120_000;
    private static final int ANSWER_SECONDS = 5;
    private static final int START_SECONDS = 20;

    private static final Set<String> PATHS = Set.of("/healthz", "/readyz", "/metrics");
    private static final String JSON = "application/json";
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private final Vertx vertx;
    private final InetSocketAddress address;
    private final Shared<String> metrics;
    private final Shared<List<Readiness.Check>> readiness;
    private final AtomicInteger connections = new AtomicInteger();
    private @Nullable HttpServer server;

    /**
     * @param address where to listen; may be unresolved, port 0 lets the system choose
     * @param registry what {@code /metrics} shows
     * @param readiness what {@code /readyz} asks
     */
    public HttpDoor(Vertx vertx, InetSocketAddress address, PrometheusMeterRegistry registry, Readiness readiness) {
        this.vertx = vertx;
        this.address = address;
        this.metrics = new Shared<>(vertx, () -> registry.scrape());
        this.readiness = new Shared<>(vertx, readiness::checks);
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
                .invalidRequestHandler(request -> answer(request, 400, JSON, Json.error("not a valid request"), true));
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
                .setMaxInitialLineLength(4096)
                .setMaxHeaderSize(8192)
                .setMaxFormAttributeSize(0)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    // A peer that sends a byte now and then is never idle: each connection ends after its time, whatever it does.
    private void connected(HttpConnection connection) {
        if (connections.incrementAndGet() > MAX_CONNECTIONS) {
            connections.decrementAndGet();
            connection.close();
            return;
        }
        long timer = vertx.setTimer(CONNECTION_MILLIS, _ -> connection.shutdown(ANSWER_SECONDS, TimeUnit.SECONDS));
        connection.closeHandler(_ -> {
            vertx.cancelTimer(timer);
            connections.decrementAndGet();
        });
    }

    private void handle(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        if (hasBody(request)) {
            answer(request, 413, JSON, Json.error("no body is taken here"), true);
        } else if (!PATHS.contains(path)) {
            answer(request, 404, JSON, Json.error("there is /healthz, /readyz and /metrics"), false);
        } else if (!request.method().equals(HttpMethod.GET)) {
            request.response().putHeader(HttpHeaders.ALLOW, "GET");
            answer(request, 405, JSON, Json.error("only GET is taken here"), false);
        } else {
            route(path, request);
        }
    }

    private void route(String path, HttpServerRequest request) {
        switch (path) {
            case "/healthz" -> answer(request, 200, JSON, Json.status("up"), false);
            case "/readyz" -> ready(request);
            default ->
                metrics.answer()
                        .timeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                        .onSuccess(text -> answer(request, 200, METRICS, text, false))
                        .onFailure(failure -> failed(request, failure));
        }
    }

    private void ready(HttpServerRequest request) {
        readiness
                .answer()
                .timeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .onSuccess(checks -> {
                    boolean ready = checks.stream().allMatch(Readiness.Check::ready);
                    answer(request, ready ? 200 : 503, JSON, Json.readiness(ready, checks), false);
                })
                .onFailure(failure -> {
                    LOG.warn("the readiness checks did not answer: {}", failure.toString());
                    var check = new Readiness.Check("checks", false, "no answer");
                    answer(request, 503, JSON, Json.readiness(false, List.of(check)), false);
                });
    }

    private static void failed(HttpServerRequest request, Throwable failure) {
        LOG.warn("metrics could not be read: {}", failure.toString());
        answer(request, 503, JSON, Json.error("metrics cannot be read now"), false);
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null || (length != null && !length.equals("0"));
    }

    private static void answer(HttpServerRequest request, int code, String type, String body, boolean close) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(code)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (close) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        Future<Void> sent = response.end(body);
        if (close) {
            sent.onComplete(_ -> request.connection().close());
        }
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
