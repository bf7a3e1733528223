package io.waypost.api.sns;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.message.topic.TopicArn;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The operations on topics. */
public final class TopicOperations implements Operations.Family {

    record CreateTopic(
            String name,
            @Nullable Map<String, String> attributes,
            @Nullable List<Tags.Tag> tags) {}

    record CreatedTopic(String topicArn) {}

    record DeleteTopic(String topicArn) {}

    record ListTopics(@Nullable String nextToken) {}

    record ListedTopic(String topicArn) {}

    record ListedTopics(List<ListedTopic> topics, @Nullable String nextToken) {}

    record GetTopicAttributes(String topicArn) {}

    record TopicAttributes(Map<String, String> attributes) {}

    record SetTopicAttributes(
            String topicArn, String attributeName, @Nullable String attributeValue) {}

    private final TopicBook book;

    public TopicOperations(TopicBook book) {
        this.book = book;
    }

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SNS, "CreateTopic", CreateTopic.class, CreatedTopic.class, this::create)
                .add(Api.SNS, "DeleteTopic", DeleteTopic.class, Nothing.class, this::delete)
                .add(Api.SNS, "ListTopics", ListTopics.class, ListedTopics.class, this::list)
                .add(Api.SNS, "GetTopicAttributes", GetTopicAttributes.class, TopicAttributes.class, this::attributes)
                .add(Api.SNS, "SetTopicAttributes", SetTopicAttributes.class, Nothing.class, this::setAttribute);
    }

    private CreatedTopic create(Caller caller, CreateTopic input) throws ServiceException, IOException {
        if (input.name().endsWith(".fifo")) {
            throw SnsErrors.invalid("Topic Name Reason: FIFO topics are not supported by this server");
        }
        if (!TopicArn.isName(input.name())) {
            throw SnsErrors.invalid("Topic Name");
        }
        TopicArn arn = new TopicArn(caller.scope(), input.name());
        Map<String, String> attributes = Attributes.ofTopic(input.attributes());
        return new CreatedTopic(
                book.create(arn, attributes, Tags.of(input.tags())).arn().toString());
    }

    private Nothing delete(Caller caller, DeleteTopic input) throws ServiceException, IOException {
        book.delete(Arns.topic(caller, input.topicArn(), "TopicArn", "DeleteTopic"));
        return new Nothing();
    }

    private ListedTopics list(Caller caller, ListTopics input) throws ServiceException {
        Pages<StoredTopic> page = Pages.of(
                book.topics(caller.scope(), Pages.after(input.nextToken())), topic -> true, topic -> topic.arn()
                        .toString());
        return new ListedTopics(
                page.items().stream()
                        .map(topic -> new ListedTopic(topic.arn().toString()))
                        .toList(),
                page.nextToken());
    }

    private TopicAttributes attributes(Caller caller, GetTopicAttributes input) throws ServiceException {
        TopicArn arn = Arns.topic(caller, input.topicArn(), "TopicArn", "GetTopicAttributes");
        StoredTopic topic = book.stored(arn);
        List<StoredSubscription> subscriptions = book.alive(arn);
        long confirmed =
                subscriptions.stream().filter(StoredSubscription::confirmed).count();
        Map<String, String> all = new TreeMap<>();
        all.put("TopicArn", arn.toString());
        all.put("Owner", arn.scope().account());
        all.put("DisplayName", "");
        all.put("Policy", Policies.ofOwner(arn));
        all.put("SubscriptionsConfirmed", Long.toString(confirmed));
        all.put("SubscriptionsPending", Long.toString(subscriptions.size() - confirmed));
        all.put("SubscriptionsDeleted", "0");
        all.putAll(topic.attributes());
        return new TopicAttributes(all);
    }

    private Nothing setAttribute(Caller caller, SetTopicAttributes input) throws ServiceException, IOException {
        TopicArn arn = Arns.topic(caller, input.topicArn(), "TopicArn", "SetTopicAttributes");
        book.change(arn, topic -> {
            Map<String, String> all = new HashMap<>(topic.attributes());
            Attributes.setOnTopic(all, input.attributeName(), input.attributeValue());
            return topic.withAttributes(all);
        });
        return new Nothing();
    }
}
