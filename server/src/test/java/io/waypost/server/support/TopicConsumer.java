package io.waypost.server.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A subscriber that keeps every envelope it was sent, repeats too, as it came. */
public final class TopicConsumer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, List<String>> taken = new ConcurrentHashMap<>();
    private volatile Consumer<String> beforeAnswer = id -> {};
    private volatile Consumer<String> behindAnswer = id -> {};

    public TopicConsumer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 64);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/sns";
    }

    /** Hears of each message's id when it was taken and nothing answered yet. */
    public void beforeAnswer(Consumer<String> hears) {
        beforeAnswer = hears;
    }

    /** Hears of each message's id when its 200 is on its way. */
    public void behindAnswer(Consumer<String> hears) {
        behindAnswer = hears;
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        JsonNode envelope = JSON.readTree(body);
        String id = envelope.path("MessageId").asText();
        taken.computeIfAbsent(id, _ -> new CopyOnWriteArrayList<>()).add(body);
        beforeAnswer.accept(id);
        try (exchange) {
            exchange.sendResponseHeaders(200, -1);
        }
        behindAnswer.accept(id);
    }

    /** All envelopes with a message's id. */
    public List<String> envelopes(String id) {
        return taken.getOrDefault(id, List.of());
    }

    /** The ids of all that came. */
    public List<String> ids() {
        return List.copyOf(taken.keySet());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
