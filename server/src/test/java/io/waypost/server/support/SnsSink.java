package io.waypost.server.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What a consumer of SNS has at its end: takes signed envelopes, checks them by AWS' published rules, confirms its subscription, and
 * keeps what came. Under {@code /function} it is a Lambda function that lets everything go on.
 */
public final class SnsSink implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> CONFIRMATION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newHttpClient();

    /** The messages inside the notifications that came, their signatures right. */
    public final List<JsonNode> messages = new CopyOnWriteArrayList<>();

    /** Events that the function got. */
    public final List<JsonNode> events = new CopyOnWriteArrayList<>();

    /** What was wrong with what came. */
    public final List<String> faults = new CopyOnWriteArrayList<>();

    public SnsSink() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 64);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            if (exchange.getRequestURI().getPath().startsWith("/function")) {
                events.add(body);
                byte[] answer = "{\"disposition\":\"CONTINUE\"}".getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                return;
            }
            String type = body.path("Type").asText();
            if (!type.equals(exchange.getRequestHeaders().getFirst("x-amz-sns-message-type"))) {
                faults.add("the header says another type: " + body);
            }
            if (!isSigned(body, type.equals("Notification") ? NOTIFICATION : CONFIRMATION)) {
                faults.add("wrong signature: " + body);
            }
            switch (type) {
                case "SubscriptionConfirmation" -> get(body.path("SubscribeURL").asText());
                case "Notification" -> messages.add(message(body.path("Message").asText()));
                default -> faults.add("not expected: " + body);
            }
            exchange.sendResponseHeaders(200, -1);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            faults.add(e.toString());
        }
    }

    // SES also publishes plain words: that it has validated the topic.
    private static JsonNode message(String text) throws IOException {
        return text.startsWith("{") ? JSON.readTree(text) : TextNode.valueOf(text);
    }

    private boolean isSigned(JsonNode body, List<String> names) throws IOException, GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            if (body.has(name)) {
                text.append(name).append('\n').append(body.path(name).asText()).append('\n');
            }
        }
        Signature signature = Signature.getInstance(
                body.path("SignatureVersion").asText().equals("2") ? "SHA256withRSA" : "SHA1withRSA");
        signature.initVerify(CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(get(body.path("SigningCertURL").asText()))));
        signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return signature.verify(
                Base64.getDecoder().decode(body.path("Signature").asText()));
    }

    private byte[] get(String url) throws IOException {
        try {
            HttpResponse<byte[]> answer =
                    http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException(url + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
        threads.close();
    }
}
