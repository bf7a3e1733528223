package io.waypost.actions.notification;

import io.waypost.actions.webhook.http.Answers;
import io.waypost.actions.webhook.http.HttpSender;
import io.waypost.actions.webhook.http.RequestBody;
import io.waypost.message.Outcome;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Brings one notification to all subscribers of a topic. Done when all have it; a retry goes to those that have not, and whoever
 * gets it twice all the same sees the same id. Blocks the calling virtual thread.
 */
final class TopicPublisher {

    private final HttpSender http;
    private final CamelSender camel;
    private final Delivered delivered = new Delivered();

    TopicPublisher(HttpSender http, CamelSender camel) {
        this.http = http;
        this.camel = camel;
    }

    Outcome publish(TopicSettings topic, byte[] message, Effect effect) throws Exception {
        Set<String> have = delivered.of(effect.key());
        List<Subscriber> missing = topic.subscribers().stream()
                .filter(subscriber -> !have.contains(subscriber.id()))
                .toList();
        List<Outcome> outcomes = missing.size() == 1
                ? List.of(attempt(topic, missing.getFirst(), message, effect))
                : together(topic, missing, message, effect);
        Outcome all = merge(topic, missing, outcomes);
        if (all instanceof Outcome.Retry) {
            Set<String> now = new HashSet<>();
            for (int i = 0; i < missing.size(); i++) {
                if (outcomes.get(i) instanceof Outcome.Done) {
                    now.add(missing.get(i).id());
                }
            }
            if (!now.isEmpty()) {
                delivered.remember(effect.key(), now);
            }
        } else if (!have.isEmpty()) {
            delivered.forget(effect.key());
        }
        return all;
    }

    // A slow subscriber does not hold up the others.
    private List<Outcome> together(TopicSettings topic, List<Subscriber> subscribers, byte[] message, Effect effect)
            throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> running = new ArrayList<>();
            for (Subscriber subscriber : subscribers) {
                running.add(threads.submit(() -> attempt(topic, subscriber, message, effect)));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> one : running) {
                outcomes.add(one.get());
            }
            return outcomes;
        }
    }

    private Outcome attempt(TopicSettings topic, Subscriber subscriber, byte[] message, Effect effect) {
        try {
            return deliver(topic, subscriber, message, effect);
        } catch (Exception e) {
            return Outcome.retry(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private Outcome deliver(TopicSettings topic, Subscriber subscriber, byte[] message, Effect effect)
            throws Exception {
        String id = messageId(effect, subscriber);
        return switch (subscriber) {
            case Subscriber.Http endpoint -> post(topic, endpoint, id, message, effect);
            case Subscriber.Camel route -> {
                String effectKey = effect.key().toString();
                camel.send(
                        route.endpoint(),
                        new String(message, StandardCharsets.UTF_8),
                        Map.of("WaypostEffect", effectKey, "WaypostMessageId", id, "WaypostTopicArn", topic.arn()));
                yield Outcome.done("taken");
            }
        };
    }

    private Outcome post(TopicSettings topic, Subscriber.Http to, String id, byte[] message, Effect effect)
            throws IOException {
        byte[] body = SnsEnvelope.write(id, topic.arn(), message, effect.now());
        Map<String, String> headers = new LinkedHashMap<>();
        SnsEnvelope.putHeaders(headers, id, topic.arn());
        if (to.secret().isPresent()) {
            long timestamp = effect.now().getEpochSecond();
            headers.put("webhook-id", id);
            headers.put("webhook-timestamp", Long.toString(timestamp));
            headers.put("webhook-signature", to.secret().get().sign(id, timestamp, body));
        }
        headers.put("waypost-attempt", Integer.toString(effect.attempt()));
        return Answers.outcome(http.post(to.destination(), headers, new RequestBody.Bytes(body)), effect.now());
    }

    /** The same for the same effect and subscriber, whenever it is sent. */
    static String messageId(Effect effect, Subscriber subscriber) {
        return UUID.nameUUIDFromBytes((effect.key() + " " + subscriber.id()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static Outcome merge(TopicSettings topic, List<Subscriber> subscribers, List<Outcome> outcomes) {
        List<String> retries = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        Optional<Duration> notBefore = Optional.empty();
        for (int i = 0; i < outcomes.size(); i++) {
            String line = subscribers.get(i).id() + ": " + outcomes.get(i).detail();
            switch (outcomes.get(i)) {
                case Outcome.Done done -> {}
                case Outcome.Failed failed -> failures.add(line);
                case Outcome.Retry retry -> {
                    retries.add(line);
                    // The least patient one decides; the others are asked again only if they have not taken it.
                    notBefore = retries.size() == 1 ? retry.notBefore() : soonest(notBefore, retry.notBefore());
                }
            }
        }
        if (!retries.isEmpty()) {
            return new Outcome.Retry(String.join("; ", retries), notBefore);
        }
        if (!failures.isEmpty()) {
            return Outcome.failed(String.join("; ", failures));
        }
        return Outcome.done(
                "topic " + topic.name() + " has " + topic.subscribers().size() + " subscribers");
    }

    private static Optional<Duration> soonest(Optional<Duration> one, Optional<Duration> other) {
        return one.isEmpty() || other.isEmpty()
                ? Optional.empty()
                : Optional.of(one.get().compareTo(other.get()) < 0 ? one.get() : other.get());
    }
}
