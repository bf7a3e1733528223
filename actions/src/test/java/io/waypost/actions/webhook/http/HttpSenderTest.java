package io.waypost.actions.webhook.http;

import static io.waypost.actions.webhook.http.RudeServer.head;
import static io.waypost.actions.webhook.http.RudeServer.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vertx.core.Vertx;
import io.vertx.core.net.PfxOptions;
import io.waypost.actions.webhook.Endpoint;
import io.waypost.message.MessageContent;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpSenderTest {

    private static final RequestBody HELLO = new RequestBody.Bytes("hello".getBytes());
    private static final HostResolver NO_NAMES = (host, timeout) -> {
        throw new IOException("the name " + host + " cannot be resolved");
    };

    private static Vertx vertx;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void shut() {
        vertx.close().await();
    }

    private static HttpAnswer post(URI url, RequestBody body, Duration timeout) throws IOException {
        try (HttpSender sender = new HttpSender(vertx, NO_NAMES)) {
            return sender.post(new HttpDestination(url, timeout, 2, true), Map.of("Content-Type", "text/plain"), body);
        }
    }

    private static HttpAnswer post(URI url) throws IOException {
        return post(url, HELLO, Duration.ofSeconds(20));
    }

    @Test
    void aServerThatNeverAnswersIsLeftInTime() throws Exception {
        try (RudeServer hung = new RudeServer((in, out, closing) -> {
            head(in);
            closing.await();
        })) {
            assertThatThrownBy(() -> post(hung.url(), HELLO, Duration.ofMillis(300)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no answer in time");
        }
    }

    @Test
    void aServerThatNeverReadsIsLeftInTime() throws Exception {
        try (RudeServer deaf = new RudeServer((in, out, closing) -> closing.await())) {
            RequestBody large = new RequestBody.Streamed(MessageContent.of(new byte[30_000_000]));
            assertThatThrownBy(() -> post(deaf.url(), large, Duration.ofMillis(500)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no answer in time");
        }
    }

    @Test
    void aDroppedConnectionIsAnError() throws Exception {
        try (RudeServer drops = new RudeServer((in, out, closing) -> head(in))) {
            assertThatThrownBy(() -> post(drops.url()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the connection broke");
        }
    }

    @Test
    void rubbishInsteadOfHttpIsAnError() throws Exception {
        try (RudeServer rubbish = new RudeServer((in, out, closing) -> {
            head(in);
            say(out, "220 mx.example.com ESMTP\r\n\r\n");
        })) {
            assertThatThrownBy(() -> post(rubbish.url())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aRefusedConnectionSaysSo() throws Exception {
        int port;
        try (RudeServer gone = new RudeServer((in, out, closing) -> {})) {
            port = gone.port();
        }
        assertThatThrownBy(() -> post(URI.create("http://127.0.0.1:" + port + "/")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no connection: Connection refused");
    }

    @Test
    void aStatusIsAnAnswerEvenWhenItsBodyNeverEnds() throws Exception {
        try (RudeServer slow = new RudeServer((in, out, closing) -> {
            head(in);
            say(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
            closing.await();
        })) {
            HttpAnswer answer = post(slow.url(), HELLO, Duration.ofMillis(500));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.complete()).isFalse();
            assertThat(answer.body()).asString().isEqualTo("only this");
        }
    }

    @Test
    void aHugeAnswerIsReadOnlyAsFarAsItIsNeeded() throws Exception {
        CountDownLatch broken = new CountDownLatch(1);
        try (RudeServer huge = new RudeServer((in, out, closing) -> {
            head(in);
            say(out, "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n");
            try {
                while (true) {
                    say(out, "2710\r\n" + "x".repeat(10_000) + "\r\n");
                }
            } finally {
                broken.countDown();
            }
        })) {
            HttpAnswer answer = post(huge.url());
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.complete()).isFalse();
            assertThat(answer.body()).hasSize(HttpAnswer.MOST_BODY);
            assertThat(broken.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void hugeResponseHeadersAreAnError() throws Exception {
        try (RudeServer huge = new RudeServer((in, out, closing) -> {
            head(in);
            say(out, "HTTP/1.1 200 OK\r\n" + ("X: " + "y".repeat(1_000) + "\r\n").repeat(100) + "\r\n");
        })) {
            assertThatThrownBy(() -> post(huge.url())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anAnswerBeforeTheEndOfALargeBodyEndsTheSending() throws Exception {
        try (RudeServer full = new RudeServer((in, out, closing) -> {
            head(in);
            say(out, "HTTP/1.1 413 Too large\r\nContent-Length: 0\r\n\r\n");
            closing.await();
        })) {
            RequestBody large = new RequestBody.Streamed(MessageContent.of(new byte[30_000_000]));
            assertThat(post(full.url(), large, Duration.ofSeconds(20)).status()).isEqualTo(413);
        }
    }

    @Test
    void aContentThatCannotBeReadIsAnErrorAndNotAShortBody() throws Exception {
        try (Endpoint endpoint = new Endpoint()) {
            MessageContent breaks = new MessageContent() {
                @Override
                public long size() {
                    return 1_000_000;
                }

                @Override
                public InputStream open() {
                    return new InputStream() {
                        private int left = 500_000;

                        @Override
                        public int read() throws IOException {
                            if (left-- <= 0) {
                                throw new IOException("the disk is gone");
                            }
                            return 'x';
                        }
                    };
                }
            };
            assertThatThrownBy(() -> post(endpoint.url("/"), new RequestBody.Streamed(breaks), Duration.ofSeconds(20)))
                    .hasMessage("the disk is gone");
            assertThat(endpoint.got).isEmpty();
        }
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        try (Endpoint target = new Endpoint();
                Endpoint first = new Endpoint()) {
            first.answers(307, "", Map.of("Location", target.url("/").toString()));
            assertThat(post(first.url("/")).status()).isEqualTo(307);
            assertThat(target.got).isEmpty();
        }
    }

    @Test
    void noMoreConnectionsThanAllowed() throws Exception {
        try (Endpoint endpoint = new Endpoint();
                HttpSender sender = new HttpSender(vertx, NO_NAMES);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpDestination to = new HttpDestination(endpoint.url("/"), Duration.ofSeconds(30), 3, true);
            List<Future<HttpAnswer>> calls = java.util.stream.IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> sender.post(to, Map.of(), HELLO)))
                    .toList();
            for (Future<HttpAnswer> call : calls) {
                assertThat(call.get().status()).isEqualTo(200);
            }
            assertThat(endpoint.got).hasSize(200);
            assertThat(endpoint.clientPorts).hasSizeBetween(1, 3);
        }
    }

    @Test
    void streamedBodiesKeepTheirConnectionsAndAnAnswerTooEarlyDoesNotLoseOne() throws Exception {
        try (RudeServer eager = new RudeServer((in, out, closing) -> {
                    // Answers at the last byte, as fast as it can.
                    while (true) {
                        String head = head(in);
                        int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ") + 16;
                        in.skipNBytes(Integer.parseInt(head.substring(at, head.indexOf('\r', at))));
                        say(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    }
                });
                RudeServer full = new RudeServer((in, out, closing) -> {
                    head(in);
                    say(out, "HTTP/1.1 413 Too large\r\nContent-Length: 0\r\n\r\n");
                    closing.await();
                });
                HttpSender sender = new HttpSender(vertx, NO_NAMES);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpDestination to = new HttpDestination(eager.url(), Duration.ofSeconds(30), 2, true);
            List<Future<HttpAnswer>> calls = java.util.stream.IntStream.range(0, 300)
                    .mapToObj(i -> threads.submit(() -> sender.post(
                            to, Map.of(), new RequestBody.Streamed(MessageContent.of(new byte[i * 1_000])))))
                    .toList();
            for (Future<HttpAnswer> call : calls) {
                assertThat(call.get().status()).isEqualTo(200);
            }
            assertThat(eager.connections).hasValueLessThanOrEqualTo(2);

            HttpDestination one = new HttpDestination(full.url(), Duration.ofSeconds(30), 1, true);
            RequestBody large = new RequestBody.Streamed(MessageContent.of(new byte[30_000_000]));
            for (int i = 0; i < 5; i++) {
                assertThat(sender.post(one, Map.of(), large).status()).isEqualTo(413);
            }
        }
    }

    @Test
    void privateAddressesAreRefusedUnlessAllowed() throws Exception {
        try (Endpoint endpoint = new Endpoint();
                HttpSender sender = new HttpSender(vertx, NO_NAMES)) {
            HttpDestination to = new HttpDestination(endpoint.url("/"), Duration.ofSeconds(5), 1, false);
            assertThatThrownBy(() -> sender.post(to, Map.of(), HELLO))
                    .hasMessage("127.0.0.1 has the private address 127.0.0.1, and allowPrivate is not set");
            assertThat(endpoint.got).isEmpty();
        }
    }

    @Test
    void aNameThatComesToLieOnAPrivateAddressIsRefused() throws Exception {
        try (Endpoint endpoint = new Endpoint();
                HttpSender sender =
                        new HttpSender(vertx, (host, timeout) -> List.of(InetAddress.ofLiteral("::ffff:7f00:1")))) {
            URI url = URI.create("http://hooks.example:" + endpoint.port() + "/");
            HttpDestination to = new HttpDestination(url, Duration.ofSeconds(5), 1, false);
            assertThatThrownBy(() -> sender.post(to, Map.of(), HELLO))
                    .hasMessageContaining("hooks.example has the private address 127.0.0.1");
            assertThat(endpoint.got).isEmpty();
        }
    }

    @Test
    void theCheckedAddressIsConnectedToAndTheNameStandsInTheHostField() throws Exception {
        try (Endpoint endpoint = new Endpoint();
                HttpSender sender =
                        new HttpSender(vertx, (host, timeout) -> List.of(InetAddress.ofLiteral("127.0.0.1")))) {
            // .invalid is in no DNS: were there a second look-up, it would fail.
            URI url = URI.create("http://hooks.invalid:" + endpoint.port() + "/");
            assertThat(sender.post(new HttpDestination(url, Duration.ofSeconds(5), 1, true), Map.of(), HELLO)
                            .status())
                    .isEqualTo(200);
            assertThat(endpoint.got.getFirst().headers()).containsEntry("host", "hooks.invalid:" + endpoint.port());
        }
    }

    @Test
    void anAddressInBracketsIsAHost() throws Exception {
        try (Endpoint endpoint = new Endpoint()) {
            String host = "[::ffff:127.0.0.1]:" + endpoint.port();
            assertThat(post(URI.create("http://" + host + "/")).status()).isEqualTo(200);
            assertThat(endpoint.got.getFirst().headers()).containsEntry("host", host);
        }
    }

    @Test
    void theNextAddressIsTriedWhenOneRefuses() throws Exception {
        try (Endpoint endpoint = new Endpoint();
                HttpSender sender = new HttpSender(
                        vertx,
                        (host, timeout) ->
                                List.of(InetAddress.ofLiteral("127.0.0.9"), InetAddress.ofLiteral("127.0.0.1")))) {
            URI url = URI.create("http://hooks.invalid:" + endpoint.port() + "/");
            assertThat(sender.post(new HttpDestination(url, Duration.ofSeconds(5), 1, true), Map.of(), HELLO)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aCertificateOfAnUnknownIssuerOrAnotherNameIsRefusedBeforeAnythingIsSent(@TempDir Path folder)
            throws Exception {
        Path store = folder.resolve("keys.p12");
        assertThat(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "a",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=right.example",
                                "-ext",
                                "san=dns:right.example",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                "changeit",
                                "-storetype",
                                "PKCS12")
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, "changeit".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        java.util.concurrent.atomic.AtomicInteger requests = new java.util.concurrent.atomic.AtomicInteger();
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        HostResolver local = (host, timeout) -> List.of(InetAddress.ofLiteral("127.0.0.1"));
        String port = ":" + server.getAddress().getPort() + "/";
        HttpDestination right =
                new HttpDestination(URI.create("https://right.example" + port), Duration.ofSeconds(20), 1, true);
        HttpDestination wrong =
                new HttpDestination(URI.create("https://wrong.example" + port), Duration.ofSeconds(20), 1, true);
        PfxOptions trusted = new PfxOptions().setPath(store.toString()).setPassword("changeit");
        try (HttpSender unknown = new HttpSender(vertx, local);
                HttpSender known = new HttpSender(vertx, local, Optional.of(trusted))) {
            assertThatThrownBy(() -> unknown.post(right, Map.of(), HELLO)).hasMessageContaining("no connection");
            assertThatThrownBy(() -> known.post(wrong, Map.of(), HELLO)).hasMessageContaining("no connection");
            assertThat(requests).hasValue(0);
            assertThat(known.post(right, Map.of(), HELLO).status()).isEqualTo(204);
        } finally {
            server.stop(0);
        }
    }
}
