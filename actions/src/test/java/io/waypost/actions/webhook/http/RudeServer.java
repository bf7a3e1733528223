package io.waypost.actions.webhook.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that behaves as badly as a test wants, on the level of sockets. */
final class RudeServer implements AutoCloseable {

    /** What it does with one connection; the socket is closed when it returns. */
    interface Manner {
        void with(InputStream in, OutputStream out, CountDownLatch closing) throws Exception;
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CountDownLatch closing = new CountDownLatch(1);
    final AtomicInteger connections = new AtomicInteger();

    RudeServer(Manner manner) throws IOException {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> serve(socket, manner));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private void serve(Socket socket, Manner manner) {
        try (socket) {
            manner.with(socket.getInputStream(), socket.getOutputStream(), closing);
        } catch (Exception e) {
            // The other side has gone, or this test is over.
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    int port() {
        return server.getLocalPort();
    }

    /** Reads up to the end of the request's head; answers the head. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int c;
        while (head.indexOf("\r\n\r\n") < 0 && (c = in.read()) >= 0) {
            head.append((char) c);
        }
        return head.toString();
    }

    static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        server.close();
    }
}
