package io.waypost.server.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A webhook consumer that remembers every call by its webhook-id, and fails as it is told. */
public final class HookSink implements AutoCloseable {

    /** What to do with a call. */
    public enum Answer {
        OK,
        ERROR_500,
        /** The destination wants no more of this, ever. */
        GONE_410,
        /** Closes the connection without reading or answering. */
        DROP,
        /** Takes the mail and closes the connection before the answer: the sender cannot know. */
        TAKE_AND_DROP
    }

    /** Decides for each call. */
    @FunctionalInterface
    public interface Behaviour {
        Answer answer();
    }

    private final HttpServer server;
    private final Map<String, List<byte[]>> taken = new ConcurrentHashMap<>();
    private final AtomicReference<Behaviour> behaviour = new AtomicReference<>(() -> Answer.OK);

    public HookSink(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public void behave(Behaviour next) {
        behaviour.set(next);
    }

    /** The bodies taken, by webhook-id. */
    public Map<String, List<byte[]>> taken() {
        return taken;
    }

    /** Bodies taken for a message, one list for each effect key that named it. */
    public List<Map.Entry<String, List<byte[]>>> takenFor(String messageId) {
        return taken.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(messageId))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Answer answer = behaviour.get().answer();
        if (answer == Answer.DROP) {
            throw new IOException("dropped as told");
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (answer == Answer.ERROR_500) {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
            return;
        }
        if (answer == Answer.GONE_410) {
            exchange.sendResponseHeaders(410, -1);
            exchange.close();
            return;
        }
        taken.computeIfAbsent(exchange.getRequestHeaders().getFirst("webhook-id"), key -> new CopyOnWriteArrayList<>())
                .add(body);
        if (answer == Answer.TAKE_AND_DROP) {
            throw new IOException("the answer is lost as told");
        }
        exchange.sendResponseHeaders(200, 2);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write('o');
            out.write('k');
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
