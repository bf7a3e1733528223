package io.waypost.api.sns;

import io.waypost.message.Scope;
import io.waypost.message.topic.TopicArn;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Everything in memory, in the order of the ARNs. Readers need no lock; one thread at a time changes it. */
final class TopicIndex {

    private static final String LAST = "\uffff";

    private final NavigableMap<String, StoredTopic> topics = new ConcurrentSkipListMap<>();
    // A subscription's ARN begins with its topic's: those of a topic, and those of a scope, stand together.
    private final NavigableMap<String, StoredSubscription> subscriptions = new ConcurrentSkipListMap<>();
    private final Map<String, StoredSubscription> byId = new ConcurrentHashMap<>();

    Optional<StoredTopic> topic(TopicArn arn) {
        return Optional.ofNullable(topics.get(arn.toString()));
    }

    Optional<StoredSubscription> subscription(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All topics of a scope behind an ARN, which may be empty. */
    Collection<StoredTopic> topics(Scope scope, String after) {
        return behind(topics, prefix(scope), after);
    }

    Collection<StoredSubscription> subscriptions(Scope scope, String after) {
        return behind(subscriptions, prefix(scope), after);
    }

    Collection<StoredSubscription> subscriptions(TopicArn topic, String after) {
        return behind(subscriptions, topic + ":", after);
    }

    List<StoredSubscription> subscriptions(TopicArn topic) {
        return List.copyOf(subscriptions(topic, ""));
    }

    private static <T> Collection<T> behind(NavigableMap<String, T> all, String prefix, String after) {
        return after.startsWith(prefix)
                ? all.subMap(after, false, prefix + LAST, false).values()
                : all.subMap(prefix, true, prefix + LAST, false).values();
    }

    private static String prefix(Scope scope) {
        return TopicArn.PREFIX + scope.region() + ":" + scope.account() + ":";
    }

    void put(StoredTopic topic) {
        topics.put(topic.arn().toString(), topic);
    }

    void put(StoredSubscription subscription) {
        byId.put(subscription.id(), subscription);
        subscriptions.put(subscription.arn(), subscription);
    }

    void remove(StoredTopic topic) {
        topics.remove(topic.arn().toString());
    }

    void remove(StoredSubscription subscription) {
        byId.remove(subscription.id());
        subscriptions.remove(subscription.arn());
    }
}
