package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.server.support.EventTopic;
import io.waypost.server.support.RelaySink;
import io.waypost.server.support.ServerProcess;
import io.waypost.server.support.Setup;
import io.waypost.server.support.SnsSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.EventType;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * A message id is a promise as 250 is: the real process is killed at random moments while applications send, and afterwards every
 * mail whose id was answered is at the next server and every event of it at its subscriber. Only what the next server took and the
 * ledger had not noted yet comes twice, the same each time.
 */
class SendingCrashTest {

    private static final int KILLS = Integer.getInteger("waypost.kills", 12);
    private static final int SENDERS = 4;
    private static final String KEY = "AKIAWAYPOSTTEST00001";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final Pattern MESSAGE_ID = Pattern.compile("\r\nMessage-ID: <([0-9a-f-]+)@");

    @TempDir
    Path folder;

    @Test
    void everyAnsweredMailIsDeliveredAndToldWheneverTheServerDies() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Set<String> promised = ConcurrentHashMap.newKeySet();
        try (RelaySink relay = new RelaySink();
                SnsSink sink = new SnsSink()) {
            Setup setup = new Setup(folder)
                    .rules("name: main\nactive: true\nrules: []\n")
                    .with("""
                            accounts: [ { id: "123456789012", keys: [ { id: %s, secret: "%s" } ] } ]
                            ses: { regions: [ us-east-1 ], verify: atOnce, sandbox: false }
                            subscribers: { allowPrivate: [ 127.0.0.0/8 ] }
                            outbound: { routes: { customer.test: "127.0.0.1:%d" } }
                            """.formatted(KEY, SECRET, relay.port()))
                    .write();
            try (ServerProcess server = setup.start()) {
                awaitHttp(setup);
                prepare(setup, sink);
                assertThat(server.stop()).isZero();
            }
            for (int kill = 0; kill < KILLS; kill++) {
                try (ServerProcess server = setup.start()) {
                    awaitHttp(setup);
                    List<Thread> senders = new ArrayList<>();
                    for (int i = 0; i < SENDERS; i++) {
                        senders.add(Thread.ofPlatform().start(() -> sendUntilItFails(setup, promised)));
                    }
                    int moment = random.nextInt(100, 900);
                    await().pollDelay(Duration.ofMillis(moment)).until(() -> true);
                    server.kill();
                    for (Thread sender : senders) {
                        sender.join();
                    }
                }
            }
            try (ServerProcess server = setup.start()) {
                awaitAll(promised, relay, sink);
                assertThat(server.stop()).isZero();
            }
            verify(seed, promised, relay);
        }
    }

    private static void prepare(Setup setup, SnsSink sink) {
        try (SesV2Client ses = ses(setup);
                SnsClient sns = AwsServer.client(SnsClient.builder(), endpoint(setup), key())) {
            ses.createEmailIdentity(r -> r.emailIdentity("shop.test"));
            EventTopic.follow(ses, sns, sink, EventType.SEND, EventType.DELIVERY);
        }
    }

    private static AwsBasicCredentials key() {
        return AwsBasicCredentials.create(KEY, SECRET);
    }

    private static String endpoint(Setup setup) {
        return "http://127.0.0.1:" + setup.httpPort();
    }

    private static SesV2Client ses(Setup setup) {
        return AwsServer.client(SesV2Client.builder(), endpoint(setup), key());
    }

    // SMTP greets first; the APIs follow.
    private static void awaitHttp(Setup setup) {
        try (SesV2Client ses = ses(setup)) {
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> ses.getAccount(r -> {})
                    .sendingEnabled());
        }
    }

    private static void sendUntilItFails(Setup setup, Set<String> promised) {
        try (SesV2Client ses = ses(setup)) {
            while (true) {
                promised.add(ses.sendEmail(r -> r.fromEmailAddress("news@shop.test")
                                .destination(d -> d.toAddresses("bob@customer.test"))
                                .configurationSetName("main")
                                .content(c -> c.simple(
                                        s -> s.subject(x -> x.data("Hello")).body(b -> b.text(x -> x.data("Hello"))))))
                        .messageId());
            }
        } catch (SdkException e) {
            // The server is gone: what was not answered is no promise.
        }
    }

    private static void awaitAll(Set<String> promised, RelaySink relay, SnsSink sink) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    assertThat(missing(promised, delivered(relay).keySet()))
                            .as("answered and not delivered")
                            .isEmpty();
                    assertThat(missing(promised, told(sink, "Send")))
                            .as("answered and not told as sent")
                            .isEmpty();
                    assertThat(missing(promised, told(sink, "Delivery")))
                            .as("delivered and not told")
                            .isEmpty();
                });
    }

    private static List<String> missing(Set<String> promised, Set<String> found) {
        return promised.stream().filter(id -> !found.contains(id)).toList();
    }

    private static Set<String> told(SnsSink sink, String type) {
        return sink.messages.stream()
                .filter(message -> message.path("eventType").asText().equals(type))
                .map((JsonNode message) ->
                        message.path("mail").path("messageId").asText())
                .collect(Collectors.toSet());
    }

    private static Map<String, List<RelaySink.Taken>> delivered(RelaySink relay) {
        return relay.taken().stream().collect(Collectors.groupingBy(mail -> {
            Matcher id = MESSAGE_ID.matcher(mail.content());
            return id.find() ? id.group(1) : "";
        }));
    }

    private static void verify(long seed, Set<String> promised, RelaySink relay) {
        assertThat(promised.size()).isGreaterThan(KILLS);
        Map<String, List<RelaySink.Taken>> delivered = delivered(relay);
        long repeated =
                delivered.values().stream().filter(all -> all.size() > 1).count();
        delivered.values().forEach(all -> assertThat(Set.copyOf(all))
                .as("repeats are the same")
                .hasSize(1));
        System.err.printf(
                "sending crash test: seed %d, %d kills, %d answered mails, all delivered and told, %d delivered more than"
                        + " once%n",
                seed, KILLS, promised.size(), repeated);
    }
}
