package io.waypost.api.event;

import io.waypost.api.configuration.ConfigurationSetBook;
import io.waypost.api.configuration.EventDestination;
import io.waypost.api.configuration.EventKind;
import io.waypost.api.configuration.StoredSet;
import io.waypost.api.identity.Feedback;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvents;
import io.waypost.message.sending.Sending;
import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.TopicArn;
import io.waypost.message.topic.TopicMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody who wants to know: the destinations of the mail's configuration set, the topics of the identity it was sent under,
 * and its sender by mail. Shared by all threads; blocks.
 *
 * <p>Each telling is one commit into the spool under a key of its own, the event's with the destination's. What if the process dies
 * here? The event is told again, and who had it already is found by the key.
 */
public final class EventPublisher implements MailEvents {

    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
    private static final Optional<String> SUBJECT = Optional.of("Amazon SES Email Event Notification");

    private final ConfigurationSetBook sets;
    private final SendingFeedback identities;
    private final Publishing publishing;
    private final FeedbackMail mail;
    private final EventFigures figures;

    /**
     * @param sets knows the event destinations
     * @param identities knows who hears of an identity's mail
     * @param publishing takes what topics, streams and event buses get; knows the {@link EventTargets}
     * @param mail takes what the sender gets
     * @param figures counts
     */
    public EventPublisher(
            ConfigurationSetBook sets,
            SendingFeedback identities,
            Publishing publishing,
            FeedbackMail mail,
            EventFigures figures) {
        this.sets = sets;
        this.identities = identities;
        this.publishing = publishing;
        this.mail = mail;
        this.figures = figures;
    }

    private interface Telling {
        void run() throws IOException;
    }

    @Override
    public void tell(MailEvent event) throws IOException {
        EventKind kind = EventKind.of(event);
        Optional<StoredSet> set = set(event);
        @Nullable IOException failure = null;
        // One that cannot be told now keeps nobody else from hearing of it.
        for (Telling telling : tellings(event, kind, set)) {
            try {
                telling.run();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        figures.count(kind, set.filter(it -> isCounted(it, kind)).map(StoredSet::name));
    }

    private Optional<StoredSet> set(MailEvent event) {
        Sending sending = EventIds.sending(event);
        return sending.configurationSet().flatMap(name -> sets.stored(sending.scope(), name));
    }

    private static boolean isCounted(StoredSet set, EventKind kind) {
        return set.reputationMetricsEnabled()
                || set.destinations().stream().anyMatch(it -> it.cloudWatchDestination() != null && it.wants(kind));
    }

    private List<Telling> tellings(MailEvent event, EventKind kind, Optional<StoredSet> set) {
        List<Telling> tellings = new ArrayList<>();
        set.ifPresent(it -> it.destinations().stream()
                .filter(destination -> destination.wants(kind))
                .forEach(destination -> tellings.add(() -> tell(event, it.name(), destination))));
        feedback(kind).ifPresent(about -> {
            Feedback feedback = identities.of(EventIds.sending(event));
            String topic = feedback.topics().get(about);
            if (topic != null) {
                tellings.add(() -> publish(
                        event,
                        "identity",
                        topic,
                        EventJson.notification(event, feedback.withHeaders().contains(about)),
                        Optional.empty()));
            }
            if (feedback.isForwarded(about)) {
                tellings.add(() -> mail.send(event));
            }
        });
        return tellings;
    }

    private static Optional<Feedback.Kind> feedback(EventKind kind) {
        return switch (kind) {
            case BOUNCE -> Optional.of(Feedback.Kind.BOUNCE);
            case COMPLAINT -> Optional.of(Feedback.Kind.COMPLAINT);
            case DELIVERY -> Optional.of(Feedback.Kind.DELIVERY);
            case SEND, REJECT, OPEN, CLICK, RENDERING_FAILURE, DELIVERY_DELAY, SUBSCRIPTION -> Optional.empty();
        };
    }

    private void tell(MailEvent event, String set, EventDestination destination) throws IOException {
        String name = "set/" + set + "/" + destination.name();
        if (destination.snsDestination() != null) {
            publish(event, name, destination.snsDestination().topicArn(), EventJson.event(event), SUBJECT);
        } else if (destination.kinesisFirehoseDestination() != null) {
            String arn = destination.kinesisFirehoseDestination().deliveryStreamArn();
            // Records of a stream are told apart by line ends, as SES writes them.
            publish(event, name, EventTargets.topic(arn).toString(), EventJson.event(event) + "\n", Optional.empty());
        } else if (destination.eventBridgeDestination() != null) {
            String arn = destination.eventBridgeDestination().eventBusArn();
            publish(event, name, EventTargets.topic(arn).toString(), EventJson.busEvent(event), Optional.empty());
        }
    }

    private void publish(MailEvent event, String to, String topicArn, String text, Optional<String> subject)
            throws IOException {
        Optional<TopicArn> topic = TopicArn.parse(topicArn);
        Optional<Publishing.Published> published = topic.isEmpty()
                ? Optional.empty()
                : publishing.publish(
                        TopicMessage.notification(topic.get(), text, subject),
                        Optional.of("event/" + event.key() + "/" + to + "/" + topic.get()));
        if (published.isEmpty()) {
            // It was there when the destination was made: trying again would not bring it back.
            LOG.warn(
                    "event {} of mail {} was not told to {}: the destination is gone",
                    EventKind.of(event).eventType(),
                    event.mail().id(),
                    to);
        }
    }
}
