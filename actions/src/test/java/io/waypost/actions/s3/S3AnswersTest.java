package io.waypost.actions.s3;

import static io.waypost.actions.s3.ObjectStoreContract.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waypost.message.MessageContent;
import io.waypost.message.host.HostAddresses;
import io.waypost.message.port.Dns;
import io.waypost.rules.Action.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire, and what every kind of answer means; against a server that answers as it is told. */
class S3AnswersTest {

    private static final StoredObject OBJECT = new StoredObject("mail", "tickets/" + ObjectStoreContract.ID);
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    /** What the server does with a request whose body was read. */
    private interface Answer {
        void to(HttpExchange exchange, byte[] body) throws IOException;
    }

    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final List<Headers> requests = new ArrayList<>();
    private final Set<InetSocketAddress> peers = ConcurrentHashMap.newKeySet();
    private HttpServer server;
    private S3ObjectStore store;
    private volatile Answer answer = this::keep;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            synchronized (requests) {
                requests.add(exchange.getRequestHeaders());
            }
            peers.add(exchange.getRemoteAddress());
            answer.to(exchange, body);
        });
        server.start();
        store = new S3ObjectStore(
                settings(Duration.ofSeconds(5)), new HostAddresses(Dns.none()), InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() {
        end.countDown();
        store.close();
        server.stop(0);
    }

    private S3Settings settings(Duration idle) {
        return new S3Settings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "eu-central-1",
                "AKIAEXAMPLE",
                "topsecret",
                true,
                Duration.ofDays(7),
                Duration.ofSeconds(2),
                idle,
                Duration.ofSeconds(10),
                4);
    }

    private void keep(HttpExchange exchange, byte[] body) throws IOException {
        objects.put(exchange.getRequestURI().getRawPath(), body);
        exchange.getResponseHeaders().set("ETag", "\"" + md5(body) + "\"");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static String md5(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer status(int code, String body, String... headers) {
        return (exchange, ignored) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(code, body.isEmpty() ? -1 : body.length());
            exchange.getResponseBody().write(bytes(body));
            exchange.close();
        };
    }

    private String put(String text, Encryption encryption) throws Exception {
        return store.put(OBJECT, MessageContent.of(bytes(text)), encryption);
    }

    private String put(String text) throws Exception {
        return put(text, Encryption.BUCKET_DEFAULT);
    }

    @Test
    void the_signature_covers_time_host_content_and_its_digests() throws Exception {
        String said = put("hello", new Encryption.StoreKeys());

        assertThat(said).isEqualTo("ETag \"5d41402abc4b2a76b9719d911017c592\"");
        Headers headers = requests.getFirst();
        assertThat(headers.getFirst("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261123/eu-central-1/s3/aws4_request, "
                        + "SignedHeaders=content-md5;host;x-amz-content-sha256;x-amz-date;x-amz-server-side-encryption, "
                        + "Signature=")
                .doesNotContain("topsecret");
        assertThat(headers.getFirst("X-amz-date")).isEqualTo("20261123T080000Z");
        assertThat(headers.getFirst("Content-md5")).isEqualTo("XUFAKrxLKna5cZ2REBfFkg==");
        assertThat(headers.getFirst("X-amz-content-sha256"))
                .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(headers.getFirst("Content-length")).isEqualTo("5");
        assertThat(headers.getFirst("Content-type")).isEqualTo("message/rfc822");
        assertThat(objects).containsOnlyKeys("/mail/" + OBJECT.key());
    }

    @Test
    void encryption_is_asked_for_by_headers() throws Exception {
        put("a", Encryption.BUCKET_DEFAULT);
        put("b", new Encryption.StoreKeys());
        put("c", new Encryption.KeyService(Optional.empty()));
        put("d", new Encryption.KeyService(Optional.of("arn:aws:kms:eu-central-1:1:key/k")));

        assertThat(requests)
                .extracting(headers -> headers.getFirst("X-amz-server-side-encryption"))
                .containsExactly(null, "AES256", "aws:kms", "aws:kms");
        assertThat(requests)
                .extracting(headers -> headers.getFirst("X-amz-server-side-encryption-aws-kms-key-id"))
                .containsExactly(null, null, null, "arn:aws:kms:eu-central-1:1:key/k");
    }

    @Test
    void a_leading_slash_of_a_prefix_stays_in_the_key() throws Exception {
        store.put(new StoredObject("mail", "/in/a b"), MessageContent.of(bytes("x")), Encryption.BUCKET_DEFAULT);

        assertThat(objects).containsOnlyKeys("/mail//in/a%20b");
    }

    @Test
    void another_etag_than_the_md5_is_never_success() {
        answer = status(200, "", "ETag", "\"0123456789abcdef0123456789abcdef\"");

        assertThatThrownBy(() -> put("hello"))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining("the store holds other bytes than were sent");
    }

    @Test
    void the_etag_says_nothing_where_a_key_service_encrypts() throws Exception {
        answer = status(
                200, "", "ETag", "\"0123456789abcdef0123456789abcdef\"", "x-amz-server-side-encryption", "aws:kms");

        assertThat(put("hello")).startsWith("ETag ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | AccessDenied | the access key may not write to bucket 'mail' (403 AccessDenied: because)",
                "404 | NoSuchBucket | there is no bucket 'mail' at http://",
                "403 | RequestTimeTooSkewed | the clocks of this machine and of the store differ too much (403",
                "400 | AuthorizationHeaderMalformed | the store expects another region than 'eu-central-1' (400",
                "500 | InternalError | bucket 'mail' was not written to (500 InternalError: because)",
            })
    void an_error_says_what_can_be_mended(int status, String code, String words) {
        answer = status(
                status, "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>because</Message></Error>");

        assertThatThrownBy(() -> put("hello"))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageStartingWith(words);
    }

    @Test
    void an_error_page_that_is_no_s3_error_is_reported_by_its_status() {
        answer = status(502, "<html>\r\nBad\u0007 Gateway</html>");

        assertThatThrownBy(() -> put("hello")).hasMessage("bucket 'mail' was not written to (502)");
    }

    @Test
    void an_error_document_with_entities_is_not_expanded() {
        answer = status(
                500,
                "<!DOCTYPE Error [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                        + "<Error><Code>&x;</Code><Message>m</Message></Error>");

        assertThatThrownBy(() -> put("hello")).hasMessageStartingWith("bucket 'mail' was not written to (500");
    }

    @Test
    void retry_after_is_passed_on() {
        answer = status(503, "", "Retry-After", "120");

        assertThatThrownBy(() -> put("hello"))
                .isInstanceOfSatisfying(ObjectStoreException.class, e -> assertThat(e.retryAfter())
                        .contains(Duration.ofMinutes(2)));
    }

    @Test
    void a_redirect_is_not_followed() {
        answer = status(
                307, "", "Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/elsewhere");

        assertThatThrownBy(() -> put("hello")).hasMessageStartingWith("the store redirects");
        assertThat(requests).hasSize(1);
    }

    @Test
    void a_lost_answer_is_no_success_and_the_repeat_leaves_one_object() throws Exception {
        answer = (exchange, body) -> {
            objects.put(exchange.getRequestURI().getRawPath(), body);
            exchange.close();
        };
        assertThatThrownBy(() -> put("hello")).isInstanceOf(IOException.class);

        answer = this::keep;
        put("hello");

        assertThat(objects).hasSize(1).hasEntrySatisfying("/mail/" + OBJECT.key(), found -> assertThat(found)
                .isEqualTo(bytes("hello")));
    }

    @Test
    void a_store_that_is_silent_is_given_up() {
        store.close();
        store = new S3ObjectStore(
                settings(Duration.ofMillis(300)), new HostAddresses(Dns.none()), InstantSource.fixed(NOW));
        answer = (exchange, body) -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        // OkHttp's own clock says "timeout", the socket's "Read timed out"; either may be the first.
        assertThatThrownBy(() -> put("hello")).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void a_store_that_is_not_there_is_an_io_error() {
        server.stop(0);

        assertThatThrownBy(() -> put("hello")).isInstanceOf(IOException.class);
    }

    @Test
    void connections_are_used_again_and_bounded() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                threads.submit(() -> put("hello"));
            }
        }

        assertThat(requests).hasSize(100);
        assertThat(peers).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void a_large_message_is_not_gathered_in_memory() throws Exception {
        long size = 48L << 20;
        answer = (exchange, body) -> {
            throw new AssertionError("not used");
        };
        server.removeContext("/");
        server.createContext("/", exchange -> {
            MessageDigest md5 = digest();
            byte[] buffer = new byte[16 * 1024];
            try (InputStream in = exchange.getRequestBody()) {
                int n;
                while ((n = in.read(buffer)) >= 0) {
                    md5.update(buffer, 0, n);
                }
            }
            exchange.getResponseHeaders().set("ETag", HexFormat.of().formatHex(md5.digest()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();

        store.put(OBJECT, new Zeros(size), Encryption.BUCKET_DEFAULT);

        assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(8L << 20);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** So many zero bytes. */
    private record Zeros(long size) implements MessageContent {
        @Override
        public InputStream open() {
            return new InputStream() {
                private long left = size;

                @Override
                public int read() {
                    return left-- > 0 ? 0 : -1;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    if (left <= 0) {
                        return -1;
                    }
                    int n = (int) Math.min(left, length);
                    left -= n;
                    return n;
                }
            };
        }
    }

    @Test
    void settings_never_show_the_secret() {
        assertThat(settings(Duration.ofSeconds(1)).toString()).doesNotContain("topsecret", "AKIAEXAMPLE");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://s3.example",
        "http://s3.example/path",
        "http://user:pw@s3.example",
        "http://s3.example?x=y",
        "s3.example"
    })
    void an_endpoint_is_a_scheme_a_host_and_a_port(String endpoint) {
        assertThatThrownBy(() -> new S3Settings(URI.create(endpoint), "r", "a", "s", true, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an S3 endpoint is http://host:port");
    }
}
