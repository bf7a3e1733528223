package io.waypost.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDoorTest {

    private static Vertx vertx;
    private static HttpClient client;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile Readiness readiness = () -> List.of(new Readiness.Check("smtp", true, "127.0.0.1:2525"));
    private HttpDoor door;

    @BeforeAll
    static void begin() {
        vertx = Vertx.vertx();
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void end() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void open() throws IOException {
        door = new HttpDoor(vertx, on(0), registry, () -> readiness.checks());
        door.start();
    }

    @AfterEach
    void close() {
        door.stop();
    }

    private static InetSocketAddress on(int port) {
        return InetSocketAddress.createUnresolved("127.0.0.1", port);
    }

    private HttpResponse<String> call(String method, String path) throws Exception {
        return call(door.port(), method, path);
    }

    private HttpResponse<String> call(int port, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", door.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void aLivingProcessSaysSo() throws Exception {
        HttpResponse<String> response = call("GET", "/healthz");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"up\"}\n");
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void readyIsOnlyWhatPassesEveryCheck() throws Exception {
        assertThat(call("GET", "/readyz").statusCode()).isEqualTo(200);

        readiness = () ->
                List.of(new Readiness.Check("smtp", true, ""), new Readiness.Check("store", false, "no \"room\"\n"));
        HttpResponse<String> response = call("GET", "/readyz");

        assertThat(response.statusCode()).isEqualTo(503);
        JsonNode json = new ObjectMapper().readTree(response.body());
        assertThat(json.get("ready").asBoolean()).isFalse();
        assertThat(json.get("checks").get(1).get("name").asText()).isEqualTo("store");
        assertThat(json.get("checks").get(1).get("detail").asText()).isEqualTo("no \"room\"\n");
    }

    @Test
    void aCheckThatThrowsOrHangsIsNotReadyAndHoldsNothingElseUp() throws Exception {
        readiness = () -> {
            throw new IllegalStateException("broken");
        };
        assertThat(call("GET", "/readyz").statusCode()).isEqualTo(503);

        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        readiness = () -> {
            asked.incrementAndGet();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        };
        try {
            var first = Thread.ofVirtual().start(() -> {
                try {
                    call("GET", "/readyz");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(call("GET", "/readyz").statusCode()).isEqualTo(503);
            assertThat(call("GET", "/healthz").statusCode()).isEqualTo(200);
            first.join();
            assertThat(asked).hasValue(1);
        } finally {
            release.countDown();
        }
    }

    @Test
    void metricsAreWhatTheRegistryHolds() throws Exception {
        registry.counter("waypost.test", "label", "a\"b").increment();

        HttpResponse<String> response = call("GET", "/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("waypost_test_total{label=\"a\\\"b\"} 1.0");
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/healthz/", "/metrics/../healthz", "/%2e%2e/etc/passwd", "//healthz"})
    void whatIsNotThereIsNotFound(String path) throws Exception {
        HttpResponse<String> response = call("GET", path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(new ObjectMapper().readTree(response.body()).get("error").asText())
                .contains("/healthz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "HEAD"})
    void onlyGetIsTaken(String method) throws Exception {
        HttpResponse<String> response = call(method, "/healthz");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).contains("GET");
    }

    @Test
    void requestsThatAreTooLargeOrNoHttpAreRefused() throws IOException {
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"))
                .startsWith("HTTP/1.1 413");
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(raw("GET /" + "x".repeat(11_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .matches("HTTP/1\\.[01] 400");
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(17_000) + "\r\n\r\n"))
                .matches("HTTP/1\\.[01] 400");
        assertThat(raw("EHLO example.com\r\n\r\n")).matches("HTTP/1\\.[01] 400");
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAndRoomComesBack() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < ApiLimits.STANDARD.connections(); i++) {
                sockets.add(new Socket("127.0.0.1", door.port()));
            }
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                try (Socket extra = new Socket("127.0.0.1", door.port())) {
                    extra.setSoTimeout(20_000);
                    assertThat(extra.getInputStream().read()).isEqualTo(-1);
                }
            });
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> assertThat(
                        call("GET", "/healthz").statusCode())
                .isEqualTo(200));
    }

    @Test
    void anAddressThatCannotBeUsedIsNamed() {
        HttpDoor second = new HttpDoor(vertx, on(door.port()), registry, List::of);

        assertThatThrownBy(second::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("HTTP cannot listen on 127.0.0.1:" + door.port())
                .hasMessageContaining("in use");
        assertThatThrownBy(() -> new HttpDoor(
                                vertx, InetSocketAddress.createUnresolved("192.0.2.1", 0), registry, List::of)
                        .start())
                .hasMessageContaining("HTTP cannot listen on 192.0.2.1:0");
    }

    @Test
    void aStoppedDoorIsClosedAndCanBeOpenedAgain() throws Exception {
        int port = door.port();

        door.stop();
        door.stop();

        // Connecting alone proves nothing: the kernel may lend the free port to the very connection that asks for it.
        assertThatThrownBy(() -> call(port, "GET", "/healthz")).isInstanceOf(IOException.class);
        door.start();
        assertThat(call("GET", "/healthz").statusCode()).isEqualTo(200);
    }
}
