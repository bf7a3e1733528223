package io.waypost.api.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.Calls;
import io.waypost.api.MemorySettings;
import io.waypost.api.configuration.ConfigurationSetBook;
import io.waypost.api.configuration.EventDestination;
import io.waypost.api.configuration.EventKind;
import io.waypost.api.configuration.Faults;
import io.waypost.api.configuration.StoredSet;
import io.waypost.api.identity.Feedback;
import io.waypost.message.MessageId;
import io.waypost.message.port.Submission;
import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.Subscription;
import io.waypost.message.topic.Topic;
import io.waypost.message.topic.TopicMessage;
import io.waypost.message.topic.Topics;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventPublisherTest {

    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:events";
    private static final String FEEDBACK = "arn:aws:sns:us-east-1:123456789012:feedback";
    private static final String STREAM = "arn:aws:firehose:us-east-1:123456789012:deliverystream/mail";
    private static final String BUS = "arn:aws:events:us-east-1:123456789012:event-bus/default";

    private final List<String> told = new ArrayList<>();
    private final List<TopicMessage> published = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private final List<String> counted = new ArrayList<>();
    private ConfigurationSetBook book;
    private Feedback feedback = Feedback.BY_MAIL.withForwarding(false);
    private int failures;
    private EventPublisher publisher;

    private final Publishing publishing = new Publishing() {
        @Override
        public Optional<Published> publish(TopicMessage message, Optional<String> repeatKey) throws IOException {
            if (message.topic().toString().equals(TOPIC) && failures-- > 0) {
                throw new IOException("the disk is full");
            }
            if (keys.add(repeatKey.orElseThrow())) {
                published.add(message);
                told.add(message.topic().name() + " " + message.subject().orElse("-"));
            }
            return Optional.of(new Published(MessageId.nextSent(Events.SENT, new Random(1)), new UUID(0, 0), 1));
        }

        @Override
        public void askForConfirmation(Subscription subscription) {
            throw new AssertionError();
        }

        @Override
        public void tellUnsubscribed(Subscription subscription) {
            throw new AssertionError();
        }
    };

    private final Submission submission = (from, to, content, repeatKey) -> {
        if (keys.add(repeatKey.orElseThrow())) {
            told.add("mail to " + to);
        }
        return MessageId.nextSent(Events.SENT, new Random(1));
    };

    @BeforeEach
    void set() throws Exception {
        Clock clock = Clock.fixed(Events.SENT, ZoneOffset.UTC);
        book = ConfigurationSetBook.load(new MemorySettings(), clock);
        publisher = new EventPublisher(
                book,
                sending -> feedback,
                publishing,
                new FeedbackMail("mx.example.com", submission),
                (kind, counts) -> counted.add(kind + " " + counts.orElse("-")));
    }

    private void destinations(EventDestination... destinations) throws Exception {
        book.create(Calls.HERE, StoredSet.named("main").withDestinations(List.of(destinations)), Faults.V2);
    }

    private static EventDestination to(String name, EventKind... kinds) {
        List<String> types = Arrays.stream(kinds).map(Enum::name).collect(Collectors.toList());
        return new EventDestination(
                name,
                !name.equals("off"),
                types,
                name.equals("stream") ? new EventDestination.Firehose("role", STREAM) : null,
                name.equals("figures") ? new EventDestination.CloudWatch(List.of()) : null,
                name.equals("topic") || name.equals("off") ? new EventDestination.Sns(TOPIC) : null,
                name.equals("bus") ? new EventDestination.EventBridge(BUS) : null);
    }

    @Test
    void destinationsHearOfWhatTheyWant() throws Exception {
        destinations(
                to("topic", EventKind.SEND, EventKind.BOUNCE),
                to("off", EventKind.SEND),
                to("stream", EventKind.SEND),
                to("bus", EventKind.SEND),
                to("figures", EventKind.DELIVERY));
        publisher.tell(Events.of("Send"));
        assertThat(told)
                .containsExactly(
                        "events Amazon SES Email Event Notification",
                        EventTargets.topic(STREAM).name() + " -",
                        EventTargets.topic(BUS).name() + " -");
        assertThat(published.get(1).text()).isEqualTo(EventJson.event(Events.of("Send")) + "\n");
        publisher.tell(Events.of("Delivery"));
        assertThat(counted).containsExactly("SEND -", "DELIVERY main");
        assertThat(told).hasSize(3);
    }

    @Test
    void aRepeatTellsNobodyTwice() throws Exception {
        destinations(to("topic", EventKind.BOUNCE), to("bus", EventKind.BOUNCE));
        feedback = Feedback.BY_MAIL.withTopic(Feedback.Kind.BOUNCE, Optional.of(FEEDBACK));
        publisher.tell(Events.of("Bounce"));
        publisher.tell(Events.of("Bounce"));
        assertThat(told)
                .containsExactly(
                        "events Amazon SES Email Event Notification",
                        EventTargets.topic(BUS).name() + " -",
                        "feedback -",
                        "mail to [feedback@example.com]");
    }

    @Test
    void oneThatCannotBeToldKeepsNobodyElseWaiting() throws Exception {
        destinations(to("topic", EventKind.BOUNCE), to("bus", EventKind.BOUNCE));
        failures = 1;
        assertThatThrownBy(() -> publisher.tell(Events.of("Bounce"))).isInstanceOf(IOException.class);
        assertThat(told).hasSize(2).doesNotContain("events Amazon SES Email Event Notification");
        assertThat(counted).isEmpty();
        publisher.tell(Events.of("Bounce"));
        assertThat(told).hasSize(3).endsWith("events Amazon SES Email Event Notification");
        assertThat(counted).containsExactly("BOUNCE -");
    }

    /** Contract 3.2: by mail when no topic hears of it, or when it is on. */
    @Test
    void feedbackGoesByMailWhereNoTopicHears() throws Exception {
        publisher.tell(Events.of("Complaint"));
        feedback = feedback.withTopic(Feedback.Kind.COMPLAINT, Optional.of(FEEDBACK));
        keys.clear();
        publisher.tell(Events.of("Complaint"));
        publisher.tell(Events.of("Delivery"));
        publisher.tell(Events.of("Send"));
        assertThat(told).containsExactly("mail to [feedback@example.com]", "feedback -");
    }

    @Test
    void streamsAndBusesAreTopicsOfOneSubscription() {
        Topics none = new Topics() {
            @Override
            public Optional<Topic> find(String nameOrArn) {
                return Optional.empty();
            }

            @Override
            public Optional<Subscription> subscription(String id) {
                return Optional.empty();
            }
        };
        EventTargets targets =
                new EventTargets(none, List.of(new EventTargets.Target(STREAM, Subscription.Protocol.CAMEL, "seda")));
        assertThat(targets.isMapped(STREAM)).isTrue();
        assertThat(targets.isMapped(BUS)).isFalse();
        Topic topic = targets.find(EventTargets.topic(STREAM).toString()).orElseThrow();
        assertThat(topic.receivers()).containsExactly(EventTargets.subscriptionId(STREAM));
        assertThat(targets.subscription(topic.receivers().getFirst())).hasValueSatisfying(one -> {
            assertThat(one.raw()).isTrue();
            assertThat(one.confirmed()).isTrue();
        });
        assertThat(targets.find(EventTargets.topic(BUS).toString())).isEmpty();
    }
}
