package io.waypost.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /healthz}, {@code /readyz} and {@code /metrics}, each by GET only and without a body. On the event loop; what may block on
 * Vert.x's worker threads, one at a time for each of the two paths that need it.
 */
final class HealthPaths {

    private static final Logger LOG = LoggerFactory.getLogger(HealthPaths.class);

    private static final int ANSWER_SECONDS = 5;
    private static final Set<String> PATHS = Set.of("/healthz", "/readyz", "/metrics");
    private static final String JSON = "application/json";
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private final Shared<String> metrics;
    private final Shared<List<Readiness.Check>> readiness;

    HealthPaths(Vertx vertx, PrometheusMeterRegistry registry, Readiness readiness) {
        this.metrics = new Shared<>(vertx, () -> registry.scrape());
        this.readiness = new Shared<>(vertx, readiness::checks);
    }

    /** @param path without the query */
    static boolean isOne(String path) {
        return PATHS.contains(path);
    }

    /** @param path one of the three */
    void handle(String path, HttpServerRequest request, Visit visit) {
        if (hasBody(request)) {
            answer(request, visit, 413, JSON, Json.error("no body is taken here"), true);
        } else if (!request.method().equals(HttpMethod.GET)) {
            request.response().putHeader(HttpHeaders.ALLOW, "GET");
            answer(request, visit, 405, JSON, Json.error("only GET is taken here"), false);
        } else {
            route(path, request, visit);
        }
    }

    private void route(String path, HttpServerRequest request, Visit visit) {
        switch (path) {
            case "/healthz" -> answer(request, visit, 200, JSON, Json.status("up"), false);
            case "/readyz" -> ready(request, visit);
            default ->
                metrics.answer()
                        .timeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                        .onSuccess(text -> answer(request, visit, 200, METRICS, text, false))
                        .onFailure(failure -> failed(request, visit, failure));
        }
    }

    private void ready(HttpServerRequest request, Visit visit) {
        readiness
                .answer()
                .timeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .onSuccess(checks -> {
                    boolean ready = checks.stream().allMatch(Readiness.Check::ready);
                    answer(request, visit, ready ? 200 : 503, JSON, Json.readiness(ready, checks), false);
                })
                .onFailure(failure -> {
                    LOG.warn("the readiness checks did not answer: {}", failure.toString());
                    var check = new Readiness.Check("checks", false, "no answer");
                    answer(request, visit, 503, JSON, Json.readiness(false, List.of(check)), false);
                });
    }

    private static void failed(HttpServerRequest request, Visit visit, Throwable failure) {
        LOG.warn("metrics could not be read: {}", failure.toString());
        answer(request, visit, 503, JSON, Json.error("metrics cannot be read now"), false);
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null || (length != null && !length.equals("0"));
    }

    private static void answer(
            HttpServerRequest request, Visit visit, int status, String type, String body, boolean close) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        Answers.send(request, visit, status, headers, body.getBytes(StandardCharsets.UTF_8), close);
    }
}
