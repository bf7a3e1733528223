package io.waypost.smtp.checks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A scanner that does what a test says to each connection. */
public final class ScriptedPeer implements AutoCloseable {

    /** What is done to one connection. */
    @FunctionalInterface
    public interface Script {
        void run(Socket socket) throws Exception;
    }

    public final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final CountDownLatch closed = new CountDownLatch(1);

    public ScriptedPeer(Script script) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(() -> {
            while (true) {
                Socket socket;
                try {
                    socket = server.accept();
                } catch (IOException e) {
                    return;
                }
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        script.run(socket);
                    } catch (Exception e) {
                        // The other side has gone, which is its right.
                    }
                });
            }
        });
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Says nothing until the test is over. */
    public void hang() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
    }
}
