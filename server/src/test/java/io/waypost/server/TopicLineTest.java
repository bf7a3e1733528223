package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.waypost.actions.endpoint.CamelEndpoints;
import io.waypost.actions.webhook.http.HttpSender;
import io.waypost.api.ApiLimits;
import io.waypost.api.ForwardedFor;
import io.waypost.api.HttpDoor;
import io.waypost.api.aws.Front;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.sign.AnyCredentials;
import io.waypost.api.event.EventTargets;
import io.waypost.api.secret.Sealing;
import io.waypost.config.ConfigLoader;
import io.waypost.config.WaypostConfig;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.MailLog;
import io.waypost.message.port.Spool;
import io.waypost.message.topic.TopicMessage;
import io.waypost.rules.ActionHandlers;
import io.waypost.rules.run.ActionRegistry;
import io.waypost.rules.run.RetrySchedule;
import io.waypost.rules.run.Router;
import io.waypost.rules.run.RouterSettings;
import io.waypost.server.support.Http;
import io.waypost.server.support.Setup;
import io.waypost.store.EmbeddedStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Topics from the wire to real HTTP subscribers and back: store, router, API, handshake and links, without the rest of the server.
 */
class TopicLineTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Setup setup;
    private Sink live;
    private Sink dead;
    private @Nullable Running running;

    /** A subscriber that answers what it is told. */
    private static final class Sink implements AutoCloseable {
        private final HttpServer server;
        private final List<JsonNode> taken = new CopyOnWriteArrayList<>();
        private volatile int status = 200;

        Sink() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::handle);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/sns";
        }

        private void handle(HttpExchange exchange) throws IOException {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                if (status == 200) {
                    taken.add(JSON.readTree(body));
                }
                exchange.sendResponseHeaders(status, -1);
            }
        }

        List<String> texts() {
            return taken.stream()
                    .filter(one -> one.path("Type").asText().equals("Notification"))
                    .map(one -> one.path("Message").asText())
                    .toList();
        }

        JsonNode awaitType(String type) {
            await().atMost(PATIENCE).until(() -> taken.stream()
                    .anyMatch(one -> one.path("Type").asText().equals(type)));
            return taken.stream()
                    .filter(one -> one.path("Type").asText().equals(type))
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    /** What a server has for topics, started on the folder's data. */
    private static final class Running implements AutoCloseable {
        private final EmbeddedStore store;
        private final Vertx vertx = Vertx.vertx();
        private final DefaultCamelContext camel = new DefaultCamelContext();
        private final HttpSender http;
        private final Router router;
        private final HttpDoor door;
        private final TopicWiring.Made topics;

        Running(Setup setup) throws Exception {
            WaypostConfig config =
                    ConfigLoader.load(setup.config(), Map.of()).config().orElseThrow();
            Clock clock = Clock.systemUTC();
            SecureRandom random = new SecureRandom();
            store = Storage.store(config, clock);
            http = new HttpSender(vertx, (host, timeout) -> List.of());
            AtomicReference<@Nullable Router> routerToBe = new AtomicReference<>();
            topics = TopicWiring.of(
                    config,
                    store.settings(),
                    store.spool(),
                    new Sealing(config.data(), random),
                    committed -> offer(routerToBe.get(), committed),
                    clock,
                    random);
            router = new Router(
                    new RouterSettings(
                            new RetrySchedule(Duration.ofMillis(100), 1, Duration.ofMillis(100), Duration.ofSeconds(2)),
                            100,
                            Duration.ofMillis(50),
                            Duration.ofMillis(50)),
                    TopicWiring.ruleSets(version -> {
                        throw new IOException("no rule set " + version);
                    }),
                    new ActionRegistry(
                            new ActionHandlers(List.of(topics.delivery(http, new CamelEndpoints(camel, "ext/"))))),
                    store.spool(),
                    store.ledger(),
                    MailLog.NONE,
                    camel,
                    clock,
                    random);
            routerToBe.set(router);
            router.start();
            Operations.Builder operations = new Operations.Builder();
            topics.addTo(operations);
            Front front = new Front(
                    operations.build(),
                    new AnyCredentials("000000000000", List.of("us-east-1")),
                    () -> UUID.randomUUID().toString());
            door = new HttpDoor(
                    vertx,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), setup.httpPort()),
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                    List::of,
                    request -> topics.unsigned(request).orElseGet(() -> front.answer(request)),
                    ApiLimits.STANDARD,
                    ForwardedFor.NOBODY);
            door.start();
        }

        private static void offer(@Nullable Router router, Spool.Committed committed) {
            if (router == null) {
                throw new IllegalStateException("no router yet");
            }
            router.offer(committed);
        }

        @Override
        public void close() throws Exception {
            door.stop();
            router.stop(Duration.ofSeconds(5));
            http.close();
            vertx.close().await();
            camel.close();
            store.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        live = new Sink();
        dead = new Sink();
        setup = new Setup(folder);
        setup.with("""
                        subscribers: { allowPrivate: [127.0.0.0/8] }
                        topics: { filed: [ { http: "%s", allowPrivate: true } ] }
                        """.formatted(live.url())).rules("""
                        name: main
                        active: true
                        rules: [ { name: all, actions: [ { notify: { topic: filed } } ] } ]
                        """).write();
        running = new Running(setup);
    }

    @AfterEach
    void stop() throws Exception {
        running().close();
        live.close();
        dead.close();
    }

    private Running running() {
        if (running == null) {
            throw new AssertionError("not started");
        }
        return running;
    }

    private void restart() throws Exception {
        running().close();
        running = new Running(setup);
    }

    /** The answer of an operation, as text. */
    private String ask(String action, String... namesAndValues) throws Exception {
        StringBuilder form = new StringBuilder("Version=2010-03-31&Action=" + action);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append('&').append(namesAndValues[i]).append('=');
            form.append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + setup.httpPort() + "/"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        }
    }

    private static String member(String xml, String name) {
        int begin = xml.indexOf("<" + name + ">") + name.length() + 2;
        return xml.substring(begin, xml.indexOf("</" + name + ">"));
    }

    // http.url of the configuration.
    private HttpResponse<String> visit(String url) throws Exception {
        assertThat(url).startsWith("http://127.0.0.1:" + setup.httpPort() + "/");
        return Http.get(setup.httpPort(), url.substring(url.indexOf('/', "http://".length())));
    }

    private String confirmed(String topic, Sink sink) throws Exception {
        ask("Subscribe", "TopicArn", topic, "Protocol", "http", "Endpoint", sink.url());
        JsonNode asked = sink.awaitType("SubscriptionConfirmation");
        HttpResponse<String> answer = visit(asked.path("SubscribeURL").asText());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return member(answer.body(), "SubscriptionArn");
    }

    private void verify(JsonNode envelope, String... names) throws Exception {
        HttpResponse<String> pem = visit(envelope.path("SigningCertURL").asText());
        Signature signature = Signature.getInstance(
                envelope.path("SignatureVersion").asText().equals("1") ? "SHA1withRSA" : "SHA256withRSA");
        signature.initVerify(CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.body().getBytes(StandardCharsets.US_ASCII))));
        for (String name : names) {
            signature.update((name + "\n" + envelope.path(name).asText() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(signature.verify(
                        Base64.getDecoder().decode(envelope.path("Signature").asText())))
                .isTrue();
    }

    @Test
    void aSubscriberConfirmsGetsSignedMessagesAndLeaves() throws Exception {
        String topic = member(ask("CreateTopic", "Name", "inbound"), "TopicArn");
        assertThat(topic).isEqualTo("arn:aws:sns:us-east-1:000000000000:inbound");
        assertThat(ask("Subscribe", "TopicArn", topic, "Protocol", "http", "Endpoint", dead.url()))
                .contains("<SubscriptionArn>pending confirmation</SubscriptionArn>");
        JsonNode asked = dead.awaitType("SubscriptionConfirmation");
        verify(asked, "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
        ask("Publish", "TopicArn", topic, "Message", "too early");
        assertThat(visit(asked.path("SubscribeURL").asText()).statusCode()).isEqualTo(200);

        String id = member(ask("Publish", "TopicArn", topic, "Message", "hello", "Subject", "S"), "MessageId");
        JsonNode told = dead.awaitType("Notification");
        assertThat(told.path("MessageId").asText()).isEqualTo(id);
        verify(told, "Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
        assertThat(dead.texts()).containsExactly("hello");

        ask("SetTopicAttributes", "TopicArn", topic, "AttributeName", "SignatureVersion", "AttributeValue", "2");
        ask("Publish", "TopicArn", topic, "Message", "again");
        await().atMost(PATIENCE).until(() -> dead.texts().size() == 2);
        JsonNode second = dead.awaitType("Notification");
        assertThat(second.path("SignatureVersion").asText()).isEqualTo("2");
        verify(second, "Message", "MessageId", "Timestamp", "TopicArn", "Type");

        assertThat(visit(second.path("UnsubscribeURL").asText()).statusCode()).isEqualTo(200);
        JsonNode farewell = dead.awaitType("UnsubscribeConfirmation");
        verify(farewell, "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
        await().atMost(PATIENCE)
                .until(() -> running().store.ledger().figures(Instant.now()).unsettled() == 0);
        ask("Publish", "TopicArn", topic, "Message", "nobody hears it");
        assertThat(running().store.ledger().figures(Instant.now()).unsettled()).isZero();
        assertThat(dead.texts()).containsExactly("hello", "again");

        assertThat(visit(farewell.path("SubscribeURL").asText()).statusCode()).isEqualTo(200);
        ask("Publish", "TopicArn", topic, "Message", "back");
        await().atMost(PATIENCE).until(() -> dead.texts().size() == 3);
        assertThat(dead.texts()).containsExactly("hello", "again", "back");
    }

    @Test
    void aDeadSubscriberDelaysNobodyAndIsReplayedByHand() throws Exception {
        String topic = member(ask("CreateTopic", "Name", "inbound"), "TopicArn");
        String gone = confirmed(topic, dead);
        confirmed(topic, live);
        dead.status = 500;
        ask("Publish", "TopicArn", topic, "Message", "hello");
        await().atMost(PATIENCE).until(() -> live.texts().contains("hello"));

        Ledger ledger = running().store.ledger();
        await().atMost(PATIENCE).until(() -> !ledger.dead(10, Optional.empty()).isEmpty());
        Ledger.DeadEffect effect = ledger.dead(10, Optional.empty()).getFirst();
        assertThat(effect.key().ruleSet()).hasToString("topics@0");
        assertThat(gone).endsWith(":" + effect.key().rule());
        assertThat(live.texts()).containsExactly("hello");

        dead.status = 200;
        assertThat(ledger.replay(
                        effect.key(),
                        Instant.now(),
                        "subscription:" + effect.key().rule()))
                .isTrue();
        await().atMost(PATIENCE).until(() -> dead.texts().contains("hello"));
        await().atMost(PATIENCE).until(() -> ledger.figures(Instant.now()).unsettled() == 0);
    }

    @Test
    void aRestartKeepsEverythingAndARepeatPublishesOnce() throws Exception {
        String topic = member(ask("CreateTopic", "Name", "inbound"), "TopicArn");
        confirmed(topic, dead);
        dead.status = 500;
        TopicMessage message = TopicMessage.notification(
                running().topics.book().find(topic).orElseThrow().arn(), "once", Optional.empty());
        running().topics.publishing().publish(message, Optional.of("notify/key"));
        await().atMost(PATIENCE)
                .until(() -> running().store.ledger().figures(Instant.now()).unsettled() == 1);

        restart();
        running().topics.publishing().publish(message, Optional.of("notify/key"));
        dead.status = 200;
        await().atMost(PATIENCE).until(() -> dead.texts().contains("once"));
        await().atMost(PATIENCE)
                .until(() -> running().store.ledger().figures(Instant.now()).unsettled() == 0);
        assertThat(dead.texts()).containsExactly("once");
        verify(dead.awaitType("Notification"), "Message", "MessageId", "Timestamp", "TopicArn", "Type");
    }

    @Test
    void theTopicOfTheFileNeedsNoHandshake() throws Exception {
        assertThat(ask("ListTopics")).contains("arn:aws:sns:us-east-1:000000000000:filed");
        ask("Publish", "TopicArn", "arn:aws:sns:us-east-1:000000000000:filed", "Message", "hello");
        await().atMost(PATIENCE).until(() -> live.texts().contains("hello"));
        assertThat(live.taken).hasSize(1);
    }

    @Test
    void aPrivateAddressIsRefusedUnlessTheFileAllowsIt() throws Exception {
        running().close();
        setup = new Setup(folder);
        setup.rules("name: main\nactive: true\nrules: []\n").write();
        running = new Running(setup);
        String topic = member(ask("CreateTopic", "Name", "inbound"), "TopicArn");
        ask("Subscribe", "TopicArn", topic, "Protocol", "http", "Endpoint", live.url());
        Ledger ledger = running().store.ledger();
        await().atMost(PATIENCE).until(() -> !ledger.dead(10, Optional.empty()).isEmpty());
        assertThat(ledger.dead(10, Optional.empty()).getFirst().state().reason())
                .contains("private address");
        assertThat(live.taken).isEmpty();
    }

    /** What stands for a delivery stream is a subscriber like any other, and gets the bare event. */
    @Test
    void anEventTargetGetsTheEventWhenItIsBack() throws Exception {
        String stream = "arn:aws:firehose:us-east-1:123456789012:deliverystream/mail";
        setup.with("""
                        eventTargets: [ { arn: "%s", http: "%s", allowPrivate: true } ]
                        """.formatted(stream, dead.url())).write();
        restart();
        dead.status = 503;
        TopicMessage event =
                TopicMessage.notification(EventTargets.topic(stream), "{\"eventType\":\"Send\"}\n", Optional.empty());
        running().topics.publishing().publish(event, Optional.of("event/k/set/main/stream"));
        running().topics.publishing().publish(event, Optional.of("event/k/set/main/stream"));
        restart();
        dead.status = 200;
        await().atMost(PATIENCE).until(() -> !dead.taken.isEmpty());
        assertThat(dead.taken).singleElement().hasToString("{\"eventType\":\"Send\"}");
        assertThat(running().topics.book().find(EventTargets.topic(stream).toString()))
                .isEmpty();
    }
}
