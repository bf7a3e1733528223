package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.server.support.Publishers;
import io.waypost.server.support.ServerProcess;
import io.waypost.server.support.Setup;
import io.waypost.server.support.TopicConsumer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/**
 * The answer to Publish is a promise: the real process is killed under load, at random and at the worst moments, and afterwards every
 * message whose Publish was answered is at the subscriber. What came twice is the same, byte for byte: id, time, text and signature.
 */
class TopicCrashTest {

    private static final int KILLS = Integer.getInteger("waypost.kills", 12);
    private static final AwsBasicCredentials KEY =
            AwsBasicCredentials.create("AKIAWAYPOSTTEST00001", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:load";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** When the process is killed. */
    private enum Moment {
        /** Anywhere. */
        AT_RANDOM,
        /** The subscriber has the message, and has not said so: it must get it again. */
        BEFORE_THE_SUBSCRIBERS_ANSWER,
        /** The subscriber's 200 is on its way, and no row can be durable yet, or hardly. */
        BEHIND_THE_SUBSCRIBERS_ANSWER,
        /** The publication is committed, and perhaps nothing was tried. */
        BEHIND_THE_PUBLISHERS_ANSWER
    }

    /** Kills a process when a moment has come for the given time. */
    private static final class Trap {
        private final Moment moment;
        private final int time;
        private final ServerProcess server;
        private final Set<String> caught;
        private final AtomicInteger times = new AtomicInteger();
        private final CountDownLatch sprung = new CountDownLatch(1);

        Trap(Moment moment, int time, ServerProcess server, Set<String> caught) {
            this.moment = moment;
            this.time = time;
            this.server = server;
            this.caught = caught;
        }

        void reached(Moment reached, String id) {
            if (reached == moment && times.incrementAndGet() == time) {
                try {
                    server.kill();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                if (moment == Moment.BEFORE_THE_SUBSCRIBERS_ANSWER) {
                    caught.add(id);
                }
                sprung.countDown();
            }
        }
    }

    @TempDir
    Path folder;

    @Test
    void everyAnsweredPublishArrives_andRepeatsAreTheSame() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<String, String> promised = new ConcurrentHashMap<>();
        Set<String> caught = ConcurrentHashMap.newKeySet();
        try (TopicConsumer consumer = new TopicConsumer()) {
            Setup setup = new Setup(folder)
                    .with("""
                            accounts: [ { id: "123456789012", keys: [ { id: %s, secret: "%s" } ] } ]
                            ses: { regions: [ us-east-1 ] }
                            topics: { load: [ { http: "%s", allowPrivate: true } ] }
                            """.formatted(KEY.accessKeyId(), KEY.secretAccessKey(), consumer.url()))
                    .write();
            for (int kill = 0; kill < KILLS; kill++) {
                Moment moment = Moment.values()[kill % Moment.values().length];
                promised.putAll(killed(setup, consumer, moment, "kill" + kill, random, caught));
            }
            try (ServerProcess server = setup.start()) {
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(500))
                        .untilAsserted(() -> assertThat(promised.keySet().stream()
                                        .filter(id -> consumer.envelopes(id).isEmpty()))
                                .as("promised and never sent, seed " + seed)
                                .isEmpty());
                await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(caught)
                        .allMatch(id -> consumer.envelopes(id).size() > 1));
                assertThat(server.stop()).isZero();
            }
            verify(promised, consumer);
            System.err.printf(
                    "topic crash test: seed %d, %d kills, %d promised messages, %d came more than once%n",
                    seed,
                    KILLS,
                    promised.size(),
                    consumer.ids().stream()
                            .filter(id -> consumer.envelopes(id).size() > 1)
                            .count());
        }
    }

    /** One life of the server, with what it promised. */
    private static Map<String, String> killed(
            Setup setup, TopicConsumer consumer, Moment moment, String name, Random random, Set<String> caught)
            throws Exception {
        try (ServerProcess server = setup.start()) {
            Trap trap = new Trap(moment, random.nextInt(20, 120), server, caught);
            consumer.beforeAnswer(id -> trap.reached(Moment.BEFORE_THE_SUBSCRIBERS_ANSWER, id));
            consumer.behindAnswer(id -> trap.reached(Moment.BEHIND_THE_SUBSCRIBERS_ANSWER, id));
            try (Publishers publishers = new Publishers(
                    setup.httpPort(),
                    KEY,
                    TOPIC,
                    8,
                    name,
                    id -> trap.reached(Moment.BEHIND_THE_PUBLISHERS_ANSWER, id))) {
                if (moment == Moment.AT_RANDOM) {
                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> !publishers.promised().isEmpty());
                    await().pollDelay(Duration.ofMillis(random.nextInt(1, 900))).until(() -> true);
                    server.kill();
                } else {
                    assertThat(trap.sprung.await(60, TimeUnit.SECONDS))
                            .as(moment.name())
                            .isTrue();
                }
                publishers.stop();
                return Map.copyOf(publishers.promised());
            }
        }
    }

    private static void verify(Map<String, String> promised, TopicConsumer consumer) throws Exception {
        assertThat(promised.size()).isGreaterThan(KILLS);
        for (String id : consumer.ids()) {
            List<String> envelopes = consumer.envelopes(id);
            assertThat(envelopes).as("repeats of " + id).containsOnly(envelopes.getFirst());
        }
        for (Map.Entry<String, String> one : promised.entrySet()) {
            JsonNode envelope = JSON.readTree(consumer.envelopes(one.getKey()).getFirst());
            assertThat(envelope.path("Message").asText()).isEqualTo(one.getValue());
            assertThat(envelope.path("TopicArn").asText()).isEqualTo(TOPIC);
            assertThat(envelope.path("Signature").asText()).isNotEmpty();
        }
    }
}
