package io.waypost.actions.notification;

import io.waypost.actions.webhook.http.Answers;
import io.waypost.actions.webhook.http.HttpAnswer;
import io.waypost.actions.webhook.http.HttpSender;
import io.waypost.actions.webhook.http.RequestBody;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Outcome;
import io.waypost.message.topic.Subscription;
import io.waypost.message.topic.TopicMessage;
import io.waypost.message.topic.TopicMessage.Kind;
import io.waypost.message.topic.Topics;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Delivers a publication to one subscription. Shared by all threads. */
public final class SubscriptionHandler implements ActionHandler<SubscriptionAction> {

    private static final int UNAUTHORIZED = 401;

    private final Topics topics;
    private final Subscribers subscribers;
    private final SnsEnvelope envelope;
    private final HttpSender http;
    private final CamelSender camel;

    /**
     * @param topics who is subscribed still
     * @param subscribers how each is reached
     * @param signer signs envelopes
     * @param base the server's URL as subscribers reach it, without a slash at its end
     * @param http shared by everything that calls endpoints
     * @param camel where Camel endpoints are reached
     */
    public SubscriptionHandler(
            Topics topics,
            Subscribers subscribers,
            EnvelopeSigner signer,
            String base,
            HttpSender http,
            CamelSender camel) {
        this.topics = topics;
        this.subscribers = subscribers;
        this.envelope = new SnsEnvelope(signer, base);
        this.http = http;
        this.camel = camel;
    }

    @Override
    public String type() {
        return SubscriptionAction.TYPE;
    }

    @Override
    public Class<SubscriptionAction> actionClass() {
        return SubscriptionAction.class;
    }

    /** Delivery is what the topics' line does; a rule publishes with {@code notify}. */
    @Override
    public Optional<SubscriptionAction> read(Node node, Problems problems) {
        problems.add(node.place(), "'subscription' is not an action for rule files; use 'notify' to tell a topic");
        return Optional.empty();
    }

    @Override
    public int concurrency(SubscriptionAction action) {
        return Subscribers.CONNECTIONS;
    }

    @Override
    public Outcome perform(SubscriptionAction action, Effect effect) throws Exception {
        Optional<Subscription> subscription = topics.subscription(action.subscription());
        Optional<Subscriber> subscriber = subscription.flatMap(subscribers::of);
        if (subscription.isEmpty() || subscriber.isEmpty()) {
            return Outcome.done("no longer subscribed");
        }
        TopicMessage message = TopicMessageJson.read(effect.content());
        Optional<String> idle = nothingToSay(message, subscription.get());
        if (idle.isPresent()) {
            return Outcome.done(idle.get());
        }
        return switch (subscriber.get()) {
            case Subscriber.Http endpoint -> post(endpoint, message, subscription.get(), effect);
            case Subscriber.Camel route -> hand(route, message, subscription.get(), effect);
        };
    }

    private static Optional<String> nothingToSay(TopicMessage message, Subscription to) {
        if (message.kind() == Kind.NOTIFICATION) {
            return to.confirmed() ? Optional.empty() : Optional.of("subscribed anew, and not confirmed");
        }
        if (to.confirmed()) {
            return Optional.of("confirmed already");
        }
        return message.token().equals(to.token()) ? Optional.empty() : Optional.of("asked anew since");
    }

    private Outcome hand(Subscriber.Camel route, TopicMessage message, Subscription to, Effect effect)
            throws Exception {
        camel.send(
                route.endpoint(),
                message.textFor(to.protocol()),
                Map.of(
                        "WaypostEffect", effect.key().toString(),
                        "WaypostMessageId", messageId(effect),
                        "WaypostTopicArn", message.topic().toString()));
        return Outcome.done("taken");
    }

    private Outcome post(Subscriber.Http to, TopicMessage message, Subscription subscription, Effect effect)
            throws IOException {
        boolean raw = subscription.raw() && message.kind() == Kind.NOTIFICATION;
        byte[] body = raw
                ? message.textFor(subscription.protocol()).getBytes(StandardCharsets.UTF_8)
                : envelope.write(
                        messageId(effect), message, subscription, effect.mail().acceptedAt());
        Map<String, String> headers = headers(to, message, subscription, effect, body);
        if (raw) {
            headers.put("x-amz-sns-rawdelivery", "true");
        }
        RequestBody.Bytes bytes = new RequestBody.Bytes(body);
        HttpAnswer answer = http.post(to.destination(), headers, bytes);
        if (answer.status() == UNAUTHORIZED && to.login().isPresent()) {
            // RFC 7617 2. Only an endpoint that asks for it is told the password.
            String login = Base64.getEncoder().encodeToString(to.login().get().getBytes(StandardCharsets.UTF_8));
            headers.put("Authorization", "Basic " + login);
            answer = http.post(to.destination(), headers, bytes);
        }
        return Answers.outcome(answer, effect.now());
    }

    private static Map<String, String> headers(
            Subscriber.Http to, TopicMessage message, Subscription subscription, Effect effect, byte[] body) {
        String id = messageId(effect);
        Map<String, String> headers = new LinkedHashMap<>();
        SnsEnvelope.putHeaders(headers, id, message, subscription);
        if (to.secret().isPresent()) {
            long timestamp = effect.now().getEpochSecond();
            headers.put("webhook-id", id);
            headers.put("webhook-timestamp", Long.toString(timestamp));
            headers.put("webhook-signature", to.secret().get().sign(id, timestamp, body));
        }
        headers.put("waypost-attempt", Integer.toString(effect.attempt()));
        return headers;
    }

    private static String messageId(Effect effect) {
        return Publications.messageId(effect.mail().id()).toString();
    }
}
