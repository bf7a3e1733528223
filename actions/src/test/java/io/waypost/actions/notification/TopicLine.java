package io.waypost.actions.notification;

import io.waypost.actions.fields.Names;
import io.waypost.actions.webhook.http.HttpSender;
import io.waypost.actions.webhook.http.Reach;
import io.waypost.message.EffectKey;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.Outcome;
import io.waypost.message.Run;
import io.waypost.message.Scope;
import io.waypost.message.mime.MailReader;
import io.waypost.message.mime.ParseLimits;
import io.waypost.message.mime.TypeDetector;
import io.waypost.message.port.Draft;
import io.waypost.message.topic.Subscription;
import io.waypost.message.topic.Subscription.Protocol;
import io.waypost.message.topic.Topic;
import io.waypost.message.topic.TopicArn;
import io.waypost.message.topic.Topics;
import io.waypost.rules.Effect;
import io.waypost.rules.Rule;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The topics' line around one topic "inbound", in memory: what is published is delivered when the test says so. */
final class TopicLine implements Topics {

    static final TopicArn INBOUND = new TopicArn(new Scope("000000000000", "us-east-1"), "inbound");
    static final Instant PUBLISHED = Instant.parse("2026-11-23T08:00:02.250Z");
    static final String BASE = "https://mx.example.com";
    static final KeyPair KEYS = keys();

    final MemorySpool spool = new MemorySpool();
    final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    final Map<String, Subscriber> reached = new HashMap<>();
    final List<Run> waiting = new ArrayList<>();
    final NotifyHandler notify;
    final Publications publications;
    private final HttpSender http;
    private final CamelSender camel;

    TopicLine(HttpSender http, CamelSender camel) {
        publications = new Publications(
                this,
                spool,
                "mx.example.com",
                committed -> waiting.addAll(committed.ready()),
                Clock.fixed(PUBLISHED, ZoneOffset.UTC),
                new Random(7));
        notify = new NotifyHandler(
                Names.of("topic", Set.of("inbound"))
                        .or(name -> TopicArn.parse(name).isPresent()),
                this,
                publications,
                new MailReader(ParseLimits.DEFAULT, TypeDetector.NONE));
        this.http = http;
        this.camel = camel;
    }

    private SubscriptionHandler delivery() {
        return new SubscriptionHandler(
                this,
                new Subscribers(reached, Reach.PUBLIC),
                new EnvelopeSigner(() ->
                        new EnvelopeSigner.SigningKey(KEYS.getPrivate(), BASE + "/SimpleNotificationService-test.pem")),
                BASE,
                http,
                camel);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** A confirmed subscription with the id {@code sub-N}. */
    TopicLine subscribed(Subscriber... subscribers) {
        for (Subscriber subscriber : subscribers) {
            String id = "sub-" + (subscriptions.size() + 1);
            Protocol protocol = subscriber instanceof Subscriber.Camel ? Protocol.CAMEL : Protocol.HTTP;
            subscriptions.put(
                    id, new Subscription(id, INBOUND, Topic.Signature.SHA1, protocol, "", true, true, "", false));
            reached.put(id, subscriber);
        }
        return this;
    }

    void change(String id, Topic.Signature signature, boolean confirmed, String token, boolean raw) {
        Subscription now = subscriptions.get(id);
        subscriptions.put(
                id, new Subscription(id, INBOUND, signature, now.protocol(), "", true, confirmed, token, raw));
    }

    @Override
    public Optional<Topic> find(String nameOrArn) {
        if (!nameOrArn.equals("inbound") && !nameOrArn.equals(INBOUND.toString())) {
            return Optional.empty();
        }
        return Optional.of(new Topic(
                INBOUND,
                Topic.Signature.SHA1,
                subscriptions.values().stream()
                        .filter(Subscription::confirmed)
                        .map(Subscription::id)
                        .toList()));
    }

    @Override
    public Optional<Subscription> subscription(String id) {
        return Optional.ofNullable(subscriptions.get(id));
    }

    /** Carries out a notify effect, and then everything that was published. */
    Outcome perform(NotifyAction action, Effect effect) throws Exception {
        Outcome outcome = notify.perform(action, effect);
        deliver(1);
        return outcome;
    }

    /** One attempt for each run that is not done; the outcomes by subscription. */
    Map<String, Outcome> deliver(int attempt) throws Exception {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (Run run : List.copyOf(waiting)) {
            Outcome outcome = attempt(run, attempt);
            outcomes.put(run.planned().rule(), outcome);
            if (!(outcome instanceof Outcome.Retry)) {
                waiting.remove(run);
            }
        }
        return outcomes;
    }

    private Outcome attempt(Run run, int attempt) throws Exception {
        Mail mail = run.mail();
        Rule rule = new TopicRules().rule(run.planned().rule()).orElseThrow();
        MessageContent content = spool.content(mail.id());
        Effect effect = new Effect(
                new EffectKey(mail.id(), TopicRules.VERSION, rule.name(), 0),
                attempt,
                PUBLISHED.plusSeconds(attempt),
                mail,
                run.planned(),
                rule,
                content,
                new NoRevisions());
        try {
            return delivery().perform((SubscriptionAction) rule.actions().getFirst(), effect);
        } catch (IOException e) {
            return Outcome.retry(String.valueOf(e.getMessage()));
        }
    }

    private static final class NoRevisions implements Effect.Revisions {
        @Override
        public Draft draft() {
            throw new AssertionError("a publication is never changed");
        }

        @Override
        public void replaceWith(Draft draft) {
            throw new AssertionError("a publication is never changed");
        }
    }
}
