package io.waypost.api.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.Calls;
import io.waypost.api.MemorySettings;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.identity.Ticking;
import io.waypost.api.secret.Sealing;
import io.waypost.api.sns.SubscriptionOperations.Subscribe;
import io.waypost.api.sns.SubscriptionOperations.Subscribed;
import io.waypost.api.sns.TopicBook.ConfiguredSubscriber;
import io.waypost.api.sns.TopicBook.ConfiguredTopic;
import io.waypost.api.sns.TopicOperations.CreateTopic;
import io.waypost.api.sns.TopicOperations.CreatedTopic;
import io.waypost.message.MessageId;
import io.waypost.message.Scope;
import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.Subscription;
import io.waypost.message.topic.Subscription.Protocol;
import io.waypost.message.topic.TopicMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** The operations of SNS over settings in memory, as one account. */
final class MemorySns {

    static final String INBOUND = "arn:aws:sns:us-east-1:123456789012:inbound";

    private static final MessageId PUBLICATION = new MessageId("0a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t");

    final MemorySettings settings = new MemorySettings();
    final Ticking clock = new Ticking(Instant.parse("2026-11-25T12:00:00Z"));
    final Publishing publishing = new Recording();

    /** Subscriptions whose endpoints were asked for a confirmation. */
    final List<Subscription> asked = new ArrayList<>();

    final List<TopicMessage> published = new ArrayList<>();

    /** Subscriptions whose endpoints were told that they have ended. */
    final List<Subscription> told = new ArrayList<>();

    /** Nobody can be told that a subscription has ended. */
    boolean deaf;

    TopicBook book;

    private final Path folder;
    private Operations operations;

    MemorySns(Path folder) throws IOException {
        this.folder = folder;
        restart();
    }

    /** The book is read again from the store. */
    void restart() throws IOException {
        book = TopicBook.load(
                settings,
                new Sealing(folder, new SecureRandom()),
                Calls.HERE,
                List.of(new ConfiguredTopic(
                        "filed", List.of(new ConfiguredSubscriber(Protocol.HTTPS, "https://a.example/sns")))),
                clock,
                new SecureRandom());
        operations = new Operations.Builder()
                .add(new TopicOperations(book))
                .add(new SubscriptionOperations(book, publishing, Set.of("queue")))
                .add(new PublishOperation(publishing))
                .add(new Tags(book))
                .build();
    }

    <O extends Record> O ask(Scope scope, String operation, Record input, Class<O> output)
            throws ServiceException, IOException {
        return output.cast(new Calls(operations, scope).call(Api.SNS, operation, input));
    }

    <O extends Record> O ask(String operation, Record input, Class<O> output) throws ServiceException, IOException {
        return ask(Calls.HERE, operation, input, output);
    }

    String create(String name) throws Exception {
        return ask("CreateTopic", new CreateTopic(name, null, null), CreatedTopic.class)
                .topicArn();
    }

    String subscribe(String protocol, String endpoint, @Nullable Map<String, String> attributes) throws Exception {
        return ask("Subscribe", new Subscribe(INBOUND, protocol, endpoint, attributes, true), Subscribed.class)
                .subscriptionArn();
    }

    String confirm(String token) throws Exception {
        return ask(
                        "ConfirmSubscription",
                        new SubscriptionOperations.ConfirmSubscription(INBOUND, token, "true"),
                        Subscribed.class)
                .subscriptionArn();
    }

    Map<String, String> topicAttributes(String arn) throws Exception {
        return ask(
                        "GetTopicAttributes",
                        new TopicOperations.GetTopicAttributes(arn),
                        TopicOperations.TopicAttributes.class)
                .attributes();
    }

    Map<String, String> subscriptionAttributes(String arn) throws Exception {
        return ask(
                        "GetSubscriptionAttributes",
                        new SubscriptionOperations.GetSubscriptionAttributes(arn),
                        SubscriptionOperations.SubscriptionAttributes.class)
                .attributes();
    }

    List<SubscriptionOperations.Listed> listed() throws Exception {
        return ask(
                        "ListSubscriptionsByTopic",
                        new SubscriptionOperations.ListSubscriptionsByTopic(INBOUND, null),
                        SubscriptionOperations.ListedSubscriptions.class)
                .subscriptions();
    }

    WireResponse unsigned(String query) {
        WireRequest request = new WireRequest("GET", "/", query, Map.of(), new byte[0]);
        assertThat(UnsignedLinks.isOne(request)).isTrue();
        return new UnsignedLinks(book, publishing).answer(request);
    }

    /** The call is refused with this error, and with these words among others. */
    static void refused(String error, String words, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ServiceException.class, e -> {
            assertThat(e.error()).isEqualTo(error);
            assertThat(e.words()).contains(words);
        });
    }

    private final class Recording implements Publishing {
        @Override
        public Optional<Published> publish(TopicMessage message, Optional<String> repeatKey) {
            published.add(message);
            return book.find(message.topic().toString())
                    .map(topic -> new Published(
                            PUBLICATION, new UUID(0, 7), topic.receivers().size()));
        }

        @Override
        public void askForConfirmation(Subscription subscription) {
            asked.add(subscription);
        }

        @Override
        public void tellUnsubscribed(Subscription subscription) throws IOException {
            if (deaf) {
                throw new IOException("the disk is full");
            }
            told.add(subscription);
        }
    }
}
