package io.waypost.server;

import io.waypost.actions.endpoint.CamelEndpoints;
import io.waypost.actions.notification.EnvelopeSigner;
import io.waypost.actions.notification.Subscriber;
import io.waypost.actions.notification.Subscribers;
import io.waypost.actions.notification.SubscriptionHandler;
import io.waypost.actions.notification.TopicRules;
import io.waypost.actions.webhook.http.HttpDestination;
import io.waypost.actions.webhook.http.HttpSender;
import io.waypost.actions.webhook.http.Reach;
import io.waypost.actions.webhook.http.WebhookSecret;
import io.waypost.api.secret.Sealing;
import io.waypost.api.sns.EnvelopeKey;
import io.waypost.api.sns.PublishOperation;
import io.waypost.api.sns.SubscriptionOperations;
import io.waypost.api.sns.Tags;
import io.waypost.api.sns.TopicBook;
import io.waypost.api.sns.TopicBook.ConfiguredSubscriber;
import io.waypost.api.sns.TopicBook.ConfiguredTopic;
import io.waypost.api.sns.TopicOperations;
import io.waypost.api.aws.Operations;
import io.waypost.config.SubscriberSettings;
import io.waypost.config.WaypostConfig;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.Subscription.Protocol;
import io.waypost.message.topic.Topics;
import io.waypost.rules.RuleSets;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Topics in configuration's words, and their part in the router and the APIs. */
final class TopicWiring {

    private TopicWiring() {}

    /** All topics: those of the configuration are the first account's, in the first region. */
    static TopicBook book(WaypostConfig config, Settings settings, Sealing sealing, Clock clock, SecureRandom random)
            throws IOException {
        Scope home = new Scope(
                config.accounts().getFirst().id(), config.ses().regions().getFirst());
        List<ConfiguredTopic> configured = new ArrayList<>();
        new TreeMap<>(config.topics())
                .forEach((name, subscribers) -> configured.add(new ConfiguredTopic(
                        name, subscribers.stream().map(TopicWiring::shown).toList())));
        return TopicBook.load(settings, sealing, home, configured, clock, random);
    }

    private static ConfiguredSubscriber shown(SubscriberSettings subscriber) {
        return switch (subscriber) {
            case SubscriberSettings.Http http ->
                new ConfiguredSubscriber(
                        http.url().getScheme().equals("https") ? Protocol.HTTPS : Protocol.HTTP,
                        http.url().toString());
            // The URI may hold a password.
            case SubscriberSettings.Camel camel -> {
                String uri = camel.endpoint().uri().reveal();
                yield new ConfiguredSubscriber(Protocol.CAMEL, uri.substring(0, uri.indexOf(':')));
            }
        };
    }

    /** Who delivers to subscriptions. */
    static SubscriptionHandler delivery(
            WaypostConfig config, Topics topics, EnvelopeKey key, HttpSender http, CamelEndpoints endpoints) {
        String base = base(config);
        return new SubscriptionHandler(
                topics,
                new Subscribers(configured(config), Reach.publicAnd(config.privateSubscribers())),
                new EnvelopeSigner(key.privateKey(), base + key.certificatePath()),
                base,
                http,
                (endpoint, body, headers) -> endpoints.send(endpoint, body, texts(headers)));
    }

    private static String base(WaypostConfig config) {
        String url = config.httpUrl().toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static Map<String, Subscriber> configured(WaypostConfig config) {
        Map<String, Subscriber> configured = new HashMap<>();
        config.topics().forEach((topic, subscribers) -> {
            for (int i = 0; i < subscribers.size(); i++) {
                configured.put(TopicBook.configuredId(topic, i), subscriber(topic, i, subscribers.get(i)));
            }
        });
        return configured;
    }

    private static Subscriber subscriber(String topic, int place, SubscriberSettings settings) {
        return switch (settings) {
            case SubscriberSettings.Http http ->
                new Subscriber.Http(
                        new HttpDestination(
                                http.url(), Subscribers.TIMEOUT, Subscribers.CONNECTIONS, http.allowPrivate()),
                        Optional.empty(),
                        http.secret().map(secret -> WebhookSecret.of(secret.reveal())));
            case SubscriberSettings.Camel camel -> new Subscriber.Camel(endpoint(topic, place));
        };
    }

    private static Map<String, String> texts(Map<String, Object> headers) {
        return headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    }

    /** The name of a subscriber's Camel endpoint. No endpoint of the configuration can have it: names hold no colon. */
    static String endpoint(String topic, int place) {
        return "topic:" + topic + ":" + place;
    }

    /** The rules of publications beside all others. */
    static RuleSets ruleSets(RuleSets others) {
        TopicRules topics = new TopicRules();
        return version -> version.equals(TopicRules.VERSION) ? topics : others.find(version);
    }

    /** The operations of SNS. */
    static Operations.Family operations(WaypostConfig config, TopicBook book, Publishing publishing) {
        return operations -> operations
                .add(new TopicOperations(book))
                .add(new SubscriptionOperations(book, publishing, config.endpoints().keySet()))
                .add(new PublishOperation(publishing))
                .add(new Tags(book));
    }
}
