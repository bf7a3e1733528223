package io.waypost.server;

import io.waypost.actions.notification.Subscriber;
import io.waypost.actions.notification.Subscribers;
import io.waypost.actions.webhook.http.HttpDestination;
import io.waypost.actions.webhook.http.Reach;
import io.waypost.actions.webhook.http.WebhookSecret;
import io.waypost.api.event.EventTargets;
import io.waypost.api.sns.TopicBook;
import io.waypost.api.sns.TopicBook.ConfiguredSubscriber;
import io.waypost.api.sns.TopicBook.ConfiguredTopic;
import io.waypost.config.SubscriberSettings;
import io.waypost.config.WaypostConfig;
import io.waypost.message.topic.Subscription.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The topics of the server's file: as lists show them, and how their subscribers are reached. */
final class TopicSubscribers {

    private TopicSubscribers() {}

    static List<ConfiguredTopic> shown(WaypostConfig config) {
        List<ConfiguredTopic> topics = new ArrayList<>();
        new TreeMap<>(config.topics())
                .forEach((name, subscribers) -> topics.add(new ConfiguredTopic(
                        name, subscribers.stream().map(TopicSubscribers::shown).toList())));
        return topics;
    }

    private static ConfiguredSubscriber shown(SubscriberSettings subscriber) {
        return switch (subscriber) {
            case SubscriberSettings.Http http ->
                new ConfiguredSubscriber(
                        http.url().getScheme().equals("https") ? Protocol.HTTPS : Protocol.HTTP,
                        http.url().toString());
            // Of the URI only the component: the rest may hold a password.
            case SubscriberSettings.Camel camel -> {
                String uri = camel.endpoint().uri().reveal();
                yield new ConfiguredSubscriber(Protocol.CAMEL, uri.substring(0, uri.indexOf(':')));
            }
        };
    }

    static Subscribers of(WaypostConfig config) {
        Map<String, Subscriber> configured = new HashMap<>();
        config.topics().forEach((topic, subscribers) -> {
            for (int i = 0; i < subscribers.size(); i++) {
                configured.put(TopicBook.configuredId(topic, i), subscriber(endpoint(topic, i), subscribers.get(i)));
            }
        });
        config.eventTargets()
                .forEach(target -> configured.put(
                        EventTargets.subscriptionId(target.arn()),
                        subscriber(endpoint(target.arn()), target.endpoint())));
        return new Subscribers(configured, Reach.publicAnd(config.privateSubscribers()));
    }

    /** What stands for delivery streams and event buses. */
    static List<EventTargets.Target> eventTargets(WaypostConfig config) {
        return config.eventTargets().stream()
                .map(target -> {
                    ConfiguredSubscriber shown = shown(target.endpoint());
                    return new EventTargets.Target(target.arn(), shown.protocol(), shown.endpoint());
                })
                .toList();
    }

    private static Subscriber subscriber(String camelName, SubscriberSettings settings) {
        return switch (settings) {
            case SubscriberSettings.Http http ->
                new Subscriber.Http(
                        new HttpDestination(
                                http.url(), Subscribers.TIMEOUT, Subscribers.CONNECTIONS, http.allowPrivate()),
                        Optional.empty(),
                        http.secret().map(secret -> WebhookSecret.of(secret.reveal())));
            case SubscriberSettings.Camel camel -> new Subscriber.Camel(camelName);
        };
    }

    /** The name of a subscriber's Camel endpoint. No endpoint of the configuration can have it: names hold no colon. */
    static String endpoint(String topic, int place) {
        return "topic:" + topic + ":" + place;
    }

    /** The same of what stands for a delivery stream or an event bus. */
    static String endpoint(String eventTarget) {
        return "event-target:" + eventTarget;
    }
}
