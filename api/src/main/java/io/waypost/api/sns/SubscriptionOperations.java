package io.waypost.api.sns;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.Subscription.Protocol;
import io.waypost.message.topic.TopicArn;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The operations on subscriptions. */
public final class SubscriptionOperations implements Operations.Family {

    private static final String PENDING = "pending confirmation";
    private static final String LISTED_PENDING = "PendingConfirmation";

    record Subscribe(
            String topicArn,
            String protocol,
            @Nullable String endpoint,
            @Nullable Map<String, String> attributes,
            @Nullable Boolean returnSubscriptionArn) {}

    record Subscribed(String subscriptionArn) {}

    record ConfirmSubscription(
            String topicArn, String token, @Nullable String authenticateOnUnsubscribe) {}

    record Unsubscribe(String subscriptionArn) {}

    record ListSubscriptions(@Nullable String nextToken) {}

    record ListSubscriptionsByTopic(
            String topicArn, @Nullable String nextToken) {}

    record Listed(String subscriptionArn, String owner, String protocol, String endpoint, String topicArn) {}

    record ListedSubscriptions(
            List<Listed> subscriptions, @Nullable String nextToken) {}

    record GetSubscriptionAttributes(String subscriptionArn) {}

    record SubscriptionAttributes(Map<String, String> attributes) {}

    record SetSubscriptionAttributes(
            String subscriptionArn,
            String attributeName,
            @Nullable String attributeValue) {}

    private final TopicBook book;
    private final Publishing publishing;
    private final Endpoints endpoints;

    /**
     * @param publishing asks subscribers to confirm
     * @param camelEndpoints the names under {@code endpoints:} in the server's file
     */
    public SubscriptionOperations(TopicBook book, Publishing publishing, Set<String> camelEndpoints) {
        this.book = book;
        this.publishing = publishing;
        this.endpoints = new Endpoints(camelEndpoints);
    }

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SNS, "Subscribe", Subscribe.class, Subscribed.class, this::subscribe)
                .add(Api.SNS, "ConfirmSubscription", ConfirmSubscription.class, Subscribed.class, this::confirm)
                .add(Api.SNS, "Unsubscribe", Unsubscribe.class, Nothing.class, this::unsubscribe)
                .add(Api.SNS, "ListSubscriptions", ListSubscriptions.class, ListedSubscriptions.class, this::list)
                .add(
                        Api.SNS,
                        "ListSubscriptionsByTopic",
                        ListSubscriptionsByTopic.class,
                        ListedSubscriptions.class,
                        this::listByTopic)
                .add(
                        Api.SNS,
                        "GetSubscriptionAttributes",
                        GetSubscriptionAttributes.class,
                        SubscriptionAttributes.class,
                        this::attributes)
                .add(
                        Api.SNS,
                        "SetSubscriptionAttributes",
                        SetSubscriptionAttributes.class,
                        Nothing.class,
                        this::setAttribute);
    }

    private Subscribed subscribe(Caller caller, Subscribe input) throws ServiceException, IOException {
        TopicArn topic = Arns.topic(caller, input.topicArn(), "TopicArn", "Subscribe");
        Protocol protocol = Endpoints.protocol(input.protocol());
        String endpoint = endpoints.checked(protocol, input.endpoint());
        Map<String, String> attributes = Attributes.ofSubscription(input.attributes());
        // The operator named a Camel endpoint himself: there is nobody to ask.
        StoredSubscription subscription =
                book.subscribe(topic, protocol, endpoint, attributes, protocol != Protocol.CAMEL);
        if (!subscription.confirmed()) {
            // Dies it here, it was never asked; the caller has no answer and subscribes again.
            publishing.askForConfirmation(book.seen(subscription));
        }
        boolean shown = subscription.confirmed() || Boolean.TRUE.equals(input.returnSubscriptionArn());
        return new Subscribed(shown ? subscription.arn() : PENDING);
    }

    private Subscribed confirm(Caller caller, ConfirmSubscription input) throws ServiceException, IOException {
        TopicArn topic = Arns.topic(caller, input.topicArn(), "TopicArn", "ConfirmSubscription");
        boolean onlySignedEnds = "true".equalsIgnoreCase(input.authenticateOnUnsubscribe());
        return new Subscribed(
                book.confirm(topic, input.token(), true, onlySignedEnds).arn());
    }

    private Nothing unsubscribe(Caller caller, Unsubscribe input) throws ServiceException, IOException {
        book.unsubscribe(Arns.subscription(caller, input.subscriptionArn(), "Unsubscribe"));
        return new Nothing();
    }

    private ListedSubscriptions list(Caller caller, ListSubscriptions input) throws ServiceException {
        return page(book.subscriptions(caller.scope(), Pages.after(input.nextToken())));
    }

    private ListedSubscriptions listByTopic(Caller caller, ListSubscriptionsByTopic input) throws ServiceException {
        TopicArn topic = Arns.topic(caller, input.topicArn(), "TopicArn", "ListSubscriptionsByTopic");
        book.stored(topic);
        return page(book.subscriptions(topic, Pages.after(input.nextToken())));
    }

    private ListedSubscriptions page(Collection<StoredSubscription> left) {
        Instant now = book.now();
        Pages<StoredSubscription> page = Pages.of(left, one -> one.isAlive(now), StoredSubscription::arn);
        return new ListedSubscriptions(
                page.items().stream().map(SubscriptionOperations::listed).toList(), page.nextToken());
    }

    private static Listed listed(StoredSubscription one) {
        return new Listed(
                one.confirmed() ? one.arn() : LISTED_PENDING,
                one.topic().scope().account(),
                one.protocol().word(),
                one.shownEndpoint(),
                one.topic().toString());
    }

    private SubscriptionAttributes attributes(Caller caller, GetSubscriptionAttributes input) throws ServiceException {
        StoredSubscription one = existing(caller, input.subscriptionArn(), "GetSubscriptionAttributes");
        Map<String, String> all = new TreeMap<>();
        all.put("SubscriptionArn", one.arn());
        all.put("TopicArn", one.topic().toString());
        all.put("Owner", one.topic().scope().account());
        all.put("Protocol", one.protocol().word());
        all.put("Endpoint", one.shownEndpoint());
        all.put("PendingConfirmation", Boolean.toString(!one.confirmed()));
        all.put("ConfirmationWasAuthenticated", Boolean.toString(one.authenticated()));
        all.put(StoredSubscription.RAW, Boolean.toString(one.isRaw()));
        one.attributes().forEach(all::putIfAbsent);
        return new SubscriptionAttributes(all);
    }

    private Nothing setAttribute(Caller caller, SetSubscriptionAttributes input) throws ServiceException, IOException {
        StoredSubscription one = existing(caller, input.subscriptionArn(), "SetSubscriptionAttributes");
        book.changeSubscription(
                one.id(), all -> Attributes.setOnSubscription(all, input.attributeName(), input.attributeValue()));
        return new Nothing();
    }

    private StoredSubscription existing(Caller caller, String arn, String operation) throws ServiceException {
        return book.stored(Arns.subscription(caller, arn, operation)).orElseThrow(SnsErrors::noSubscription);
    }
}
