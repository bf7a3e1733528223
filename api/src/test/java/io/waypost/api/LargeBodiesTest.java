package io.waypost.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.waypost.api.ApiLimits.Large;
import io.waypost.api.aws.WireResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that carry whole mails have a limit and a memory of their own (contract 4.8: 40 MB); nobody else has. */
class LargeBodiesTest {

    private static final String SEND = "/v2/email/outbound-emails";
    private static final int USUAL = 1_000;
    private static final int LARGEST = 4_000;
    private static final long MEMORY = 10_000;

    private static Vertx vertx;

    private final AtomicInteger taken = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private HttpDoor door;

    @BeforeAll
    static void begin() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void open() throws IOException {
        Duration usual = Duration.ofSeconds(20);
        door = new HttpDoor(
                vertx,
                InetSocketAddress.createUnresolved("127.0.0.1", 0),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                List::of,
                request -> {
                    taken.incrementAndGet();
                    if (request.query().equals("hold")) {
                        hold();
                    }
                    return new WireResponse(
                            200, Map.of(), String.valueOf(request.body().length).getBytes(StandardCharsets.US_ASCII));
                },
                new ApiLimits(
                        100, 100, USUAL, MEMORY, usual, usual, 100, 100, usual, new Large(LARGEST, MEMORY, usual)),
                ForwardedFor.NOBODY);
        door.start();
    }

    private void hold() {
        try {
            held.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        door.stop();
    }

    private RawClient client() throws IOException {
        return new RawClient(door.port());
    }

    private int status(String method, String path, int length) throws IOException {
        try (RawClient client = client()) {
            client.send(method + " " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n");
            client.send(new byte[length]);
            return client.answer().status();
        }
    }

    @ParameterizedTest(name = "{0} {1} with {2} bytes")
    @CsvSource({
        "POST, /v2/email/outbound-emails, 1001, 200",
        "POST, /v2/email/outbound-emails, 4000, 200",
        "POST, /v2/email/outbound-emails/, 4000, 200",
        "POST, /v2/email/outbound-emails?x=y, 4000, 200",
        "POST, /v2/email/outbound-emails, 4001, 413",
        "PUT, /v2/email/outbound-emails, 1001, 413",
        "POST, /v2/email/outbound-emails/x, 1001, 413",
        "POST, /v2/email/outbound-bulk-emails, 1001, 413",
        "POST, /v2/email/templates, 1001, 413",
        "POST, /, 1001, 413",
    })
    void onlyWhatCarriesAMailMayBeLarge(String method, String path, int length, int status) throws IOException {
        assertThat(status(method, path, length)).isEqualTo(status);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> door.largeMemoryLeft() == MEMORY && door.memoryLeft() == MEMORY);
    }

    @Test
    void whoDoesNotSayHowLongItIsHasTheUsualLimit() throws IOException {
        try (RawClient client = client()) {
            client.send("POST " + SEND + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("3e9\r\n" + "x".repeat(1_001) + "\r\n");
            assertThat(client.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void theyShareAMemoryThatIsNobodyElses() throws IOException {
        try (RawClient first = client()) {
            first.send("POST " + SEND + "?hold HTTP/1.1\r\nHost: a\r\nContent-Length: 4000\r\n\r\n");
            first.send(new byte[LARGEST]);
            await().atMost(Duration.ofSeconds(20)).until(() -> taken.get() == 1);
            assertThat(door.largeMemoryLeft())
                    .as("the body, and twice what is made of it")
                    .isZero();
            assertThat(status("POST", SEND, 1_001)).as("another one").isEqualTo(503);
            assertThat(status("POST", SEND, USUAL)).as("a small one").isEqualTo(200);
            held.countDown();
            assertThat(first.answer().status()).isEqualTo(200);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> door.largeMemoryLeft() == MEMORY);
        assertThat(status("POST", SEND, 1_001)).isEqualTo(200);
    }

    @Test
    void whatHasNotComeTakesNoMemory() throws IOException {
        try (RawClient client = client()) {
            client.send("POST " + SEND + " HTTP/1.1\r\nHost: a\r\nContent-Length: 4000\r\n\r\n");
            assertThat(status("GET", "/", 0)).isEqualTo(200);
            assertThat(door.largeMemoryLeft()).isEqualTo(MEMORY);
        }
    }

    /** One of full length fits into half a gigabyte; a small heap takes none beyond the usual. */
    @ParameterizedTest
    @CsvSource({"64, 7", "256, 30", "512, 56", "4096, 56"})
    void theLimitFollowsTheHeap(long megabytes, int expected) {
        Large large = Large.of(megabytes * 1024 * 1024);
        assertThat(large.body() / 1024 / 1024).isEqualTo(expected);
        assertThat(Large.withCopies(large.body())).isLessThanOrEqualTo(large.allBodies());
    }
}
