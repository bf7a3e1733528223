package io.waypost.outbound.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.waypost.message.Domain;
import io.waypost.outbound.testing.TableDns;
import io.waypost.outbound.testing.TestAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a real HTTPS server on loopback. */
@Timeout(60)
class HttpsPoliciesTest {

    private static final Domain FAR = new Domain("far.example");
    private static final String POLICY = "version: STSv1\r\nmode: none\r\nmax_age: 1\r\n";

    @TempDir
    static Path folder;

    private static TestAuthority authority;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority(folder)
                .issue("good", "mta-sts.far.example")
                .issue("other", "far.example")
                .selfSigned("self", "mta-sts.far.example");
    }

    private static void answer(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String fetch(String certificate, HttpHandler handler, boolean allowPrivate) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                HttpsPolicies policies = new HttpsPolicies(
                        new TableDns().a("mta-sts.far.example", "127.0.0.1"),
                        server.getAddress().getPort(),
                        allowPrivate,
                        Duration.ofSeconds(5),
                        Optional.of(authority.trust()))) {
            server.setHttpsConfigurator(new HttpsConfigurator(authority.server(certificate)));
            server.createContext("/", handler);
            server.setExecutor(threads);
            server.start();
            try {
                return policies.fetch(FAR);
            } finally {
                server.stop(0);
                threads.shutdownNow();
            }
        }
    }

    @Test
    void aPolicyIsFetchedFromItsPlace() throws Exception {
        String[] asked = new String[2];
        assertThat(fetch(
                        "good",
                        exchange -> {
                            asked[0] = exchange.getRequestURI().toString();
                            asked[1] = exchange.getRequestHeaders().getFirst("Host");
                            answer(exchange, 200, "text/plain; charset=utf-8", bytes(POLICY));
                        },
                        true))
                .isEqualTo(POLICY);
        assertThat(asked[0]).isEqualTo("/.well-known/mta-sts.txt");
        assertThat(asked[1]).startsWith("mta-sts.far.example:");
    }

    private static final HttpHandler GOOD = exchange -> answer(exchange, 200, "text/plain", bytes(POLICY));

    static Stream<Arguments> faults() {
        HttpHandler redirect = exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            answer(
                    exchange,
                    exchange.getRequestURI().getPath().equals("/elsewhere") ? 200 : 302,
                    "text/plain",
                    bytes(POLICY));
        };
        HttpHandler large = exchange -> answer(exchange, 200, "text/plain", new byte[HttpsPolicies.MOST_BYTES + 1]);
        HttpHandler silent = exchange -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        return Stream.of(
                Arguments.of("a redirect", "RFC 8461 3.3", "good", redirect, true, "answered 302"),
                Arguments.of(
                        "not found",
                        "RFC 8461 3.3",
                        "good",
                        (HttpHandler) exchange -> answer(exchange, 404, "text/plain", bytes(POLICY)),
                        true,
                        "answered 404"),
                Arguments.of(
                        "a page",
                        "RFC 8461 3.2",
                        "good",
                        (HttpHandler) exchange -> answer(exchange, 200, "text/html", bytes(POLICY)),
                        true,
                        "no text/plain"),
                Arguments.of("too large", "RFC 8461 3.3", "good", large, true, "more than 65536 bytes"),
                Arguments.of("silence", "RFC 8461 3.3", "good", silent, true, "timeout"),
                Arguments.of("the certificate of another name", "RFC 8461 3.3", "other", GOOD, true, "not verified"),
                Arguments.of("a certificate of nobody's", "RFC 8461 3.3", "self", GOOD, true, "PKIX"),
                Arguments.of("a private address", "RFC 6890", "good", GOOD, false, "no public address"));
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("faults")
    void anythingElseIsNoPolicy(
            String name, String source, String certificate, HttpHandler handler, boolean allowPrivate, String words) {
        assertThatThrownBy(() -> fetch(certificate, handler, allowPrivate))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(words);
    }
}
