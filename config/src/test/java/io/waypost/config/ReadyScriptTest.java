package io.waypost.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The health check of the image, which has no HTTP client. */
class ReadyScriptTest {

    private static final String REQUEST = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static int ask(int port) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "image/ready", String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1 200 OK, 0", "HTTP/1.1 503 Service Unavailable, 1", "SSH-2.0-x, 1", "'', 1"})
    void onlyA200IsReady(String statusLine, int exitCode) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = Thread.ofVirtual().start(() -> {
                try (Socket peer = server.accept()) {
                    peer.setSoTimeout(10_000);
                    byte[] request = peer.getInputStream().readNBytes(REQUEST.length());
                    assertThat(new String(request, StandardCharsets.US_ASCII)).isEqualTo(REQUEST);
                    peer.getOutputStream().write((statusLine + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });

            assertThat(ask(server.getLocalPort())).isEqualTo(exitCode);
            answering.join();
        }
    }

    @Test
    void nobodyThereIsNotReady() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }

        assertThat(ask(port)).isEqualTo(1);
    }
}
