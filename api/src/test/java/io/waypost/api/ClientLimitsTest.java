package io.waypost.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.waypost.api.aws.WireResponse;
import io.waypost.config.CidrBlock;
import io.waypost.config.HttpLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one client of the HTTP port can take from the others: its share, and no more. */
class ClientLimitsTest {

    private static final String ONE = "127.0.0.1";
    private static final String OTHER = "127.0.0.2";
    private static final String PROXY = "127.0.0.3";
    private static final String HEALTH = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String METRICS = "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String QUERY = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
    private static final String REST = "GET /v2/email/identities HTTP/1.1\r\nHost: a\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final List<RawClient> clients = new ArrayList<>();
    private HttpDoor door;

    @AfterEach
    void close() throws Exception {
        mayAnswer.countDown();
        for (RawClient client : clients) {
            client.close();
        }
        door.stop();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void open(int connections, int perAddress, int requestsPerAddress) throws IOException {
        door = new HttpDoor(
                vertx,
                InetSocketAddress.createUnresolved("127.0.0.1", 0),
                registry,
                List::of,
                request -> {
                    asked.incrementAndGet();
                    try {
                        mayAnswer.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new WireResponse(
                            200,
                            Map.of("Content-Type", "text/plain"),
                            request.client().text().getBytes(StandardCharsets.US_ASCII));
                },
                ApiLimits.of(new HttpLimits(connections, perAddress, 256, requestsPerAddress, 30)),
                new ForwardedFor(List.of(CidrBlock.of(PROXY))));
        door.start();
    }

    private RawClient from(String address) throws IOException {
        RawClient client = new RawClient(door.port(), address);
        clients.add(client);
        return client;
    }

    private double refused(String reason) {
        return registry.get("waypost.http.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private static void isThrottledAsQuery(RawClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>Throttling</Code><Message>Rate exceeded</Message>");
    }

    private static void isThrottledAsRest(RawClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.head().toLowerCase(Locale.ROOT)).contains("x-amzn-errortype: toomanyrequestsexception");
        assertThat(answer.body()).isEqualTo("{\"message\":\"Rate exceeded\"}");
    }

    @Test
    void aProxyHasNoShareOfConnectionsAndItsClientsHaveTheirsOfRequests() throws Exception {
        open(100, 1, 1);
        RawClient first = from(PROXY).send(forwarded("198.51.100.7"));
        await().until(() -> asked.get() == 1);

        isThrottledAsQuery(from(PROXY).send(forwarded("198.51.100.7")).answer());
        RawClient other = from(PROXY).send(forwarded("2001:db8::7"));
        await().until(() -> asked.get() == 2);
        mayAnswer.countDown();
        assertThat(first.answer().body()).isEqualTo("198.51.100.7");
        assertThat(other.answer().body()).isEqualTo("20010db800000000/64");
        assertThat(refused("requests_per_address")).isEqualTo(1);
    }

    @Test
    void whatAnyoneElseSaysOfAnotherIsNotBelieved() throws IOException {
        open(100, 3, 100);
        mayAnswer.countDown();
        assertThat(from(ONE).send(forwarded("198.51.100.7")).answer().body()).isEqualTo(ONE);
    }

    private static String forwarded(String client) {
        return QUERY.replaceFirst("\r\n", "\r\nX-Forwarded-For: " + client + "\r\n");
    }

    @Test
    void connectionsOfOneAddressAreItsShare() throws IOException {
        open(100, 3, 100);
        mayAnswer.countDown();
        for (int i = 0; i < 3; i++) {
            assertThat(from(ONE).send(QUERY).answer().status()).isEqualTo(200);
        }

        isThrottledAsQuery(from(ONE).send(QUERY).answer());
        isThrottledAsRest(from(ONE).send(REST).answer());
        assertThat(refused("connections_per_address")).isEqualTo(2);
        assertThat(from(OTHER).send(QUERY).answer().body()).isEqualTo(OTHER);
        assertThat(refused("connections_per_address")).isEqualTo(2);
    }

    @Test
    void aPlaceComesBackWithTheEndOfAConnection() throws IOException {
        open(100, 1, 100);
        mayAnswer.countDown();
        RawClient first = from(ONE);
        assertThat(first.send(QUERY).answer().status()).isEqualTo(200);
        first.close();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> from(ONE).send(QUERY).answer().status() == 200);
    }

    @Test
    void healthAndMetricsAreReachedBeyondTheShare_andBeyondAllConnections() throws IOException {
        open(4, 2, 100);
        mayAnswer.countDown();
        for (String address : List.of(ONE, ONE, OTHER, OTHER)) {
            assertThat(from(address).send(QUERY).answer().status()).isEqualTo(200);
        }

        assertThat(from(ONE).send(HEALTH).answer().status()).isEqualTo(200);
        RawClient third = from("127.0.0.3");
        assertThat(third.send(METRICS).answer().body())
                .contains("waypost_http_refused_total{reason=\"connections_per_address\"} 1")
                .contains("waypost_http_refused_total{reason=\"connections\"} 1");
        assertThat(third.send(QUERY).answer().status()).isEqualTo(503);
        assertThat(third.isClosed()).isTrue();
    }

    @Test
    void theRoomForHealthIsSmallForEachAddressToo() throws IOException {
        open(10, 1, 100);
        mayAnswer.countDown();
        assertThat(from(ONE).send(QUERY).answer().status()).isEqualTo(200);
        for (int i = 0; i < 4; i++) {
            assertThat(from(ONE).send(HEALTH).answer().status()).isEqualTo(200);
        }
        assertThat(from(ONE).isClosed()).isTrue();
        assertThat(from(OTHER).send(QUERY).answer().status()).isEqualTo(200);
    }

    @Test
    void requestsInHandOfOneAddressAreItsShare() throws IOException {
        open(100, 100, 2);
        RawClient first = from(ONE).send(QUERY);
        from(ONE).send(QUERY);
        await().atMost(Duration.ofSeconds(20)).until(() -> asked.get() == 2);

        isThrottledAsQuery(from(ONE).send(QUERY).answer());
        isThrottledAsRest(from(ONE).send(REST).answer());
        assertThat(refused("requests_per_address")).isEqualTo(2);
        assertThat(from(ONE).send(HEALTH).answer().status()).isEqualTo(200);
        RawClient other = from(OTHER).send(QUERY);
        mayAnswer.countDown();
        assertThat(other.answer().status()).isEqualTo(200);
        assertThat(first.answer().status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> first.send(QUERY).answer().status() == 200);
    }
}
