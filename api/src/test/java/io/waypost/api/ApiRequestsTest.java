package io.waypost.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.waypost.api.aws.Door;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the HTTP port does with requests to the APIs, whoever sends them. */
class ApiRequestsTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static Vertx vertx;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<WireRequest> taken = new CopyOnWriteArrayList<>();
    private volatile Door behind = request -> ok(request.method() + " " + request.path());
    private HttpDoor door;

    @BeforeAll
    static void begin() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        door.stop();
    }

    private static WireResponse ok(String body) {
        return new WireResponse(200, Map.of("Content-Type", "text/plain"), body.getBytes(StandardCharsets.UTF_8));
    }

    private static ApiLimits limits(int connections, int body, long allBodies, int millis, int inHand) {
        return new ApiLimits(
                connections,
                connections,
                body,
                allBodies,
                Duration.ofMillis(millis),
                Duration.ofMillis(millis),
                inHand,
                Integer.MAX_VALUE,
                Duration.ofMillis(millis),
                new ApiLimits.Large(0, 0, Duration.ofMillis(millis)));
    }

    private RawClient open(ApiLimits limits) throws IOException {
        door = new HttpDoor(
                vertx,
                InetSocketAddress.createUnresolved("127.0.0.1", 0),
                registry,
                List::of,
                request -> {
                    taken.add(request);
                    return behind.answer(request);
                },
                limits,
                ForwardedFor.NOBODY);
        door.start();
        return another();
    }

    private RawClient open() throws IOException {
        return open(ApiLimits.STANDARD);
    }

    private RawClient another() throws IOException {
        return new RawClient(door.port());
    }

    private void awaitMemory(long bytes) {
        await().atMost(Duration.ofSeconds(20)).until(() -> door.memoryLeft() == bytes);
    }

    private double refused(String reason) {
        return registry.get("waypost.api.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private static String post(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static final String HEALTH = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void aRequestComesAsItWasSent() throws IOException {
        behind = _ -> new WireResponse(418, Map.of("X-One", "1", "Content-Type", "text/x"), new byte[] {'t', 'e', 'a'});
        try (RawClient client = open()) {
            client.send("PUT /v2/a%2fb%40c//d?x=%7E&y+z=1?2 HTTP/1.1\r\nHost: a:1\r\nX-Amz-Date: now\r\n"
                    + "Twice: b \u00fc\r\nTWICE:  a\r\nContent-Length: 4\r\n\r\n\r\n\u0000\u00ff");

            RawClient.Answer answer = client.answer();

            assertThat(answer.status()).isEqualTo(418);
            assertThat(answer.head().toLowerCase(java.util.Locale.ROOT))
                    .contains("x-one: 1\r\n", "content-type: text/x\r\n", "cache-control: no-store\r\n");
            assertThat(answer.body()).isEqualTo("tea");
            WireRequest request = taken.getFirst();
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.path()).isEqualTo("/v2/a%2fb%40c//d");
            assertThat(request.query()).isEqualTo("x=%7E&y+z=1?2");
            assertThat(request.headers())
                    .containsEntry("host", List.of("a:1"))
                    .containsEntry("x-amz-date", List.of("now"))
                    .containsEntry("twice", List.of("b \u00fc", "a"));
            assertThat(request.body()).isEqualTo(new byte[] {'\r', '\n', 0, (byte) 0xff});
            assertThat(request.address()).contains("127.0.0.1");
        }
    }

    @Test
    void theThreePathsKeepTheirOwnRules() throws IOException {
        try (RawClient client = open()) {
            assertThat(client.send(HEALTH).answer().body()).isEqualTo("{\"status\":\"up\"}\n");
            assertThat(client.send(post("/healthz", 3) + "abc").answer().status())
                    .isEqualTo(413);
            assertThat(client.isClosed()).isTrue();
            assertThat(taken).isEmpty();
        }
    }

    @Test
    void bodiesMayComeInChunksAndTheConnectionEndsWithThem() throws IOException {
        try (RawClient client = open()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("3\r\nabc\r\n").send("2\r\nde\r\n0\r\n\r\n" + HEALTH);

            assertThat(client.answer().body()).isEqualTo("POST /");
            assertThat(client.isClosed()).isTrue();
            assertThat(taken.getFirst().body()).isEqualTo("abcde".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void manyRequestsOnOneConnectionAreAnsweredOneAfterTheOther() throws IOException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        behind = request -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.yield();
            now.decrementAndGet();
            return ok(request.path() + request.body().length);
        };
        try (RawClient client = open()) {
            StringBuilder pipelined = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                pipelined.append(post("/" + i + "-", i)).append("x".repeat(i));
            }
            client.send(pipelined.toString());

            for (int i = 0; i < 50; i++) {
                assertThat(client.answer().body()).isEqualTo("/" + i + "-" + i);
            }
            assertThat(most).hasValue(1);
            assertThat(client.send(HEALTH).answer().status()).isEqualTo(200);
        }
    }

    /** RFC 9112 6.3: what has two lengths, or none that can be read, is not read. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            two lengths           | Content-Length: 5\\r\\nContent-Length: 4
            the same twice        | Content-Length: 5\\r\\nContent-Length: 5
            two in one            | Content-Length: 5, 4
            a sign                | Content-Length: +5
            negative              | Content-Length: -5
            no number             | Content-Length: five
            too large a number    | Content-Length: 99999999999999999999
            hidden by a space     | Content-Length : 5
            """)
    void aLengthThatIsNoneIsRefused(String name, String header) throws IOException {
        try (RawClient client = open()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\n" + header.replace("\\r\\n", "\r\n") + "\r\n\r\nhello" + HEALTH);

            assertThat(client.answer().status()).as(name).isEqualTo(400);
            assertThat(client.isClosed()).isTrue();
            assertThat(taken).isEmpty();
        }
    }

    /** RFC 9112 6.3, 11.2: whatever is behind a request with both may be smuggled. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"
            })
    void nothingIsReadBehindARequestInChunks(String headers) throws IOException {
        try (RawClient client = open()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n0\r\n\r\n" + post("/smuggled", 0));

            assertThat(client.answer().status()).isIn(200, 400);
            assertThat(client.isClosed()).isTrue();
            assertThat(taken).noneMatch(request -> request.path().equals("/smuggled"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a/", "*", "a"})
    void whatIsNoPathIsRefused(String target) throws IOException {
        try (RawClient client = open()) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.answer().status()).isEqualTo(400);
            assertThat(taken).isEmpty();
        }
    }

    @Test
    void longLinesAndHeadersAreTakenAsFarAsClientsNeedThem() throws IOException {
        try (RawClient client = open()) {
            client.send("GET /?" + "x".repeat(8 * 1024) + " HTTP/1.1\r\nHost: a\r\nAuthorization: " + "y".repeat(4096)
                    + "\r\n\r\n");

            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void whoeverWaitsToBeAskedForTheBodyIsAsked() throws IOException {
        try (RawClient client = open()) {
            client.send(post("/", 3).replace("\r\n\r\n", "\r\nExpect: 100-Continue\r\n\r\n"));
            assertThat(client.answer().status()).isEqualTo(100);

            assertThat(client.send("abc").answer().status()).isEqualTo(200);
            assertThat(taken.getFirst().body()).hasSize(3);

            client.send(post("/", 17 * MEGABYTE).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
            assertThat(client.answer().status()).isEqualTo(413);
        }
        try (RawClient client = another()) {
            client.send(post("/", 3).replace("\r\n\r\n", "\r\nExpect: a-miracle\r\n\r\n"));
            assertThat(client.answer().status()).isEqualTo(417);
        }
    }

    @Test
    void theLargestBodyIsTakenAndOneByteMoreIsNot() throws IOException {
        try (RawClient client = open()) {
            client.send(post("/", 16 * MEGABYTE)).send(new byte[16 * MEGABYTE]);
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(taken.getFirst().body()).hasSize(16 * MEGABYTE);

            client.send(post("/v2/email/templates", 16 * MEGABYTE + 1));
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.head()).contains("x-amzn-ErrorType: RequestEntityTooLargeException\r\n");
            assertThat(answer.body()).isEqualTo("{\"message\":\"The request body is too large.\"}");
            assertThat(client.isClosed()).isTrue();
        }
        awaitMemory(64L * MEGABYTE);
    }

    @Test
    void aBodyInChunksCannotGrowBeyondTheLimit() throws IOException {
        try (RawClient client = open(limits(10, 1000, 10_000, 20_000, 10))) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send(("64\r\n" + "x".repeat(100) + "\r\n").repeat(10));
            client.send("1\r\nx\r\n");

            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body())
                    .startsWith("<ErrorResponse><Error><Type>Sender</Type><Code>RequestEntityTooLarge<");
            assertThat(taken).isEmpty();
            assertThat(refused("too_large")).isEqualTo(1);
        }
        awaitMemory(10_000);
    }

    @Test
    void whoeverIsToldOfARefusalCanReadItWhileHeStillSends() throws IOException {
        try (RawClient client = open(limits(10, 1000, 10_000, 20_000, 10))) {
            client.send(post("/", 4 * MEGABYTE)).send(new byte[4 * MEGABYTE]);

            assertThat(client.answer().status()).isEqualTo(413);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aBodyThatNeverEndsIsGivenUp() throws IOException {
        try (RawClient client = open(limits(10, 1000, 10_000, 300, 10))) {
            client.send(post("/", 10) + "abc");

            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(client.isClosed()).isTrue();
            assertThat(taken).isEmpty();
            assertThat(refused("slow")).isEqualTo(1);
        }
        awaitMemory(10_000);
    }

    @Test
    void aHeadThatNeverEndsIsGivenUpThoughItGrows() throws Exception {
        try (RawClient client = open(limits(10, 1000, 10_000, 300, 10))) {
            client.send("GET / HTTP/1.1\r\nX: ");
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        client.send("x");
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                } catch (IOException | InterruptedException e) {
                    // The server has closed the connection.
                }
            });

            assertThat(client.isClosed()).isTrue();
            sender.interrupt();
            sender.join();
        }
    }

    @Test
    void bodiesShareTheirMemory() throws IOException {
        // Five bodies, and what one of them needs beside it while it grows.
        long memory = 5 * 8192 + 4096;
        ApiLimits limits = limits(100, 8192, memory, 20_000, 10);
        List<RawClient> holders = new ArrayList<>();
        try (RawClient late = open(limits)) {
            for (int i = 0; i < 5; i++) {
                holders.add(new RawClient(door.port(), "127.0.0." + (2 + i))
                        .send(post("/", 8192))
                        .send(new byte[8191]));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> door.memoryLeft() <= 4096 + 5);

            RawClient.Answer answer =
                    late.send(post("/", 8192)).send(new byte[8192]).answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.head()).contains("Retry-After: 1\r\n");
            assertThat(answer.body()).contains("<Code>ServiceUnavailable</Code>");
            try (RawClient client = another()) {
                // A request without a body needs none.
                assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                                .answer()
                                .status())
                        .isEqualTo(200);
            }
            assertThat(refused("busy")).isEqualTo(1);
        } finally {
            for (RawClient holder : holders) {
                holder.close();
            }
        }
        awaitMemory(memory);
        try (RawClient client = another()) {
            assertThat(client.send(post("/", 1) + "x").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void announcingABodyCostsNothing() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try (RawClient client = open(limits(200, MEGABYTE, MEGABYTE, 20_000, 10))) {
            for (int i = 0; i < 100; i++) {
                clients.add(another().send(post("/", MEGABYTE)));
            }

            assertThat(client.send(post("/", 1) + "x").answer().status()).isEqualTo(200);
            assertThat(door.memoryLeft()).isEqualTo(MEGABYTE);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void requestsBeyondThoseInHandWaitAndAreThenToldToComeBack() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        behind = request -> {
            if (request.path().equals("/long")) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return ok("done");
        };
        try (RawClient first = open(limits(10, 1000, 10_000, 500, 1));
                RawClient second = another()) {
            first.send(post("/long", 1) + "x");
            await().atMost(Duration.ofSeconds(20)).until(() -> taken.size() == 1);

            RawClient.Answer answer = second.send(post("/v2/short", 1) + "x").answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.head()).contains("Retry-After: 1\r\n", "x-amzn-ErrorType: ServiceUnavailableException");

            release.countDown();
            assertThat(first.answer().body()).isEqualTo("done");
            // The refusal ended nothing: the request was there as a whole.
            assertThat(second.send(post("/v2/short", 1) + "x").answer().body()).isEqualTo("done");
        } finally {
            release.countDown();
        }
    }

    @Test
    void aClientThatGoesAwayIsForgotten() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        behind = request -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return ok("done");
        };
        try (RawClient first = open(limits(10, 5000, 10_000, 20_000, 1))) {
            first.send(post("/first", 1) + "x");
            await().atMost(Duration.ofSeconds(20)).until(() -> taken.size() == 1);
            RawClient waits = another().send(post("/waits", 4096)).send(new byte[4096]);
            RawClient sends = another().send(post("/sends", 4096)).send(new byte[10]);
            await().atMost(Duration.ofSeconds(20)).until(() -> door.memoryLeft() < 10_000 - 4096 - 1);
            waits.close();
            sends.close();
            // What waits for its turn gives its memory back when it comes.
            await().atMost(Duration.ofSeconds(20)).until(() -> door.memoryLeft() == 10_000 - 4096 - 1);
            release.countDown();
            assertThat(first.answer().body()).isEqualTo("done");
        } finally {
            release.countDown();
        }
        awaitMemory(10_000);
        assertThat(taken).extracting(WireRequest::path).containsExactly("/first");
    }

    @Test
    void whatFailsBehindTheDoorIsAnInternalFailure() throws IOException {
        behind = request -> {
            if (request.path().equals("/v2/split")) {
                return new WireResponse(200, Map.of("X-A", "b\r\nX-C: d"), new byte[0]);
            }
            throw new IllegalStateException("a secret of the store");
        };
        try (RawClient client = open()) {
            RawClient.Answer xml = client.send(post("/", 0)).answer();
            assertThat(xml.status()).isEqualTo(500);
            assertThat(xml.body())
                    .startsWith("<ErrorResponse><Error><Type>Receiver</Type><Code>InternalFailure</Code>")
                    .doesNotContain("secret");

            RawClient.Answer json = client.send(post("/v2/split", 0)).answer();
            assertThat(json.status()).isEqualTo(500);
            assertThat(json.head()).doesNotContain("X-C:");
        }
    }

    @Test
    void thousandWhoSayNothingDoNotKeepOthersWaiting() throws IOException {
        List<RawClient> silent = new ArrayList<>();
        try (RawClient client = open(limits(1001, 1000, 10_000, 60_000, 10))) {
            for (int i = 0; i < 1000; i++) {
                silent.add(another());
            }
            for (int i = 0; i < 100; i++) {
                assertThat(client.send(post("/", 3) + "abc").answer().status()).isEqualTo(200);
            }
            try (RawClient more = another()) {
                assertThat(more.isClosed()).isTrue();
            }
            assertThat(door.memoryLeft()).isEqualTo(10_000);
        } finally {
            for (RawClient one : silent) {
                one.close();
            }
        }
    }
}
