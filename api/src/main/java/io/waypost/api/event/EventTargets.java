package io.waypost.api.event;

import io.waypost.message.Scope;
import io.waypost.message.topic.Subscription;
import io.waypost.message.topic.Subscription.Protocol;
import io.waypost.message.topic.Topic;
import io.waypost.message.topic.TopicArn;
import io.waypost.message.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Delivery streams and event buses that the server's file says where to reach: each a topic that no list shows, with one subscription
 * that gets the bare event. So events for them travel the topics' line, with attempts, lanes and dead letters of their own. Immutable.
 */
public final class EventTargets implements Topics {

    // No account of anybody's: its region is no region.
    private static final Scope NOBODY = new Scope("000000000000", "event-target");

    /**
     * One of the server's file.
     *
     * @param arn of the delivery stream or event bus
     * @param endpoint what traces show; holds no secret
     */
    public record Target(String arn, Protocol protocol, String endpoint) {}

    private final Topics others;
    private final Map<TopicArn, Subscription> byTopic = new HashMap<>();
    private final Map<String, Subscription> byId = new HashMap<>();

    /** @param others the topics that there are besides */
    public EventTargets(Topics others, List<Target> targets) {
        this.others = others;
        for (Target target : targets) {
            TopicArn topic = topic(target.arn());
            Subscription subscription = new Subscription(
                    subscriptionId(target.arn()),
                    topic,
                    Topic.Signature.SHA256,
                    target.protocol(),
                    target.endpoint(),
                    true,
                    true,
                    "",
                    true);
            byTopic.put(topic, subscription);
            byId.put(subscription.id(), subscription);
        }
    }

    /** The id of the subscription that stands for it; by it the server says how the endpoint is reached. */
    public static String subscriptionId(String arn) {
        return uuid(arn).toString();
    }

    /** Where what is for it is published. */
    public static TopicArn topic(String arn) {
        return new TopicArn(NOBODY, uuid(arn).toString());
    }

    private static UUID uuid(String arn) {
        return UUID.nameUUIDFromBytes(("event target " + arn).getBytes(StandardCharsets.UTF_8));
    }

    public boolean isMapped(String arn) {
        return byTopic.containsKey(topic(arn));
    }

    @Override
    public Optional<Topic> find(String nameOrArn) {
        Optional<Subscription> one = TopicArn.parse(nameOrArn)
                .filter(arn -> arn.scope().equals(NOBODY))
                .map(byTopic::get);
        return one.isPresent()
                ? one.map(it -> new Topic(it.topic(), it.signature(), List.of(it.id())))
                : others.find(nameOrArn);
    }

    @Override
    public Optional<Subscription> subscription(String id) {
        Subscription one = byId.get(id);
        return one == null ? others.subscription(id) : Optional.of(one);
    }
}
