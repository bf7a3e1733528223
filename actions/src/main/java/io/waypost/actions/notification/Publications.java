package io.waypost.actions.notification;

import io.waypost.message.Client;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageId;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Spool;
import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.Subscription;
import io.waypost.message.topic.Topic;
import io.waypost.message.topic.TopicMessage;
import io.waypost.message.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Puts a message on the topics' line: one durable commit of what is said and one run for each subscription. Shared by all threads;
 * blocks the calling (virtual) thread.
 *
 * <p>What if the process dies here? Before the commit: nothing was published, and whoever publishes has no answer and asks again.
 * Behind it: the runs are in the ledger, and the repeat key makes the second request answer for the first.
 */
public final class Publications implements Publishing {

    private final Topics topics;
    private final Spool spool;
    private final String hostname;
    private final Consumer<Spool.Committed> accepted;
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * @param topics who is subscribed
     * @param spool where publications are kept
     * @param hostname this server's name
     * @param accepted is handed every publication with its claimed runs, and carries them out or gives them back; returns at once
     * @param clock the time of publication
     * @param random for ids; safe for many threads
     */
    public Publications(
            Topics topics,
            Spool spool,
            String hostname,
            Consumer<Spool.Committed> accepted,
            Clock clock,
            RandomGenerator random) {
        this.topics = topics;
        this.spool = spool;
        this.hostname = hostname;
        this.accepted = accepted;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Optional<Published> publish(TopicMessage message, Optional<String> repeatKey) throws IOException {
        Optional<Topic> topic = topics.find(message.topic().toString());
        if (topic.isEmpty()) {
            return Optional.empty();
        }
        List<String> receivers = topic.get().receivers();
        if (receivers.isEmpty()) {
            return Optional.of(published(MessageId.next(clock.instant(), random), 0));
        }
        Mail mail = commit(message, receivers, repeatKey);
        return Optional.of(published(mail.id(), mail.plan().runs().size()));
    }

    private static Published published(MessageId publication, int subscriptions) {
        return new Published(publication, messageId(publication), subscriptions);
    }

    @Override
    public void askForConfirmation(Subscription subscription) throws IOException {
        String key = "confirm/" + subscription.id() + "/" + subscription.token();
        Mail unused = commit(TopicMessage.confirmation(subscription), List.of(subscription.id()), Optional.of(key));
    }

    @Override
    public void tellUnsubscribed(Subscription subscription) throws IOException {
        String key = "unsubscribed/" + subscription.id() + "/" + subscription.token();
        Mail unused = commit(TopicMessage.unsubscription(subscription), List.of(subscription.id()), Optional.of(key));
    }

    private Mail commit(TopicMessage message, List<String> subscriptions, Optional<String> repeatKey)
            throws IOException {
        byte[] content = TopicMessageJson.write(message);
        Instant now = clock.instant();
        MessageId id = MessageId.next(now, random);
        try (Draft draft = spool.draft(content.length)) {
            draft.write(content, 0, content.length);
            Spool.Committed committed = spool.commit(
                    new Spool.Acceptance(
                            id,
                            Line.TOPIC,
                            now,
                            Envelope.none(Client.local(hostname)),
                            new byte[0],
                            TopicRules.plan(subscriptions),
                            repeatKey),
                    draft);
            if (committed.mail().id().equals(id)) {
                accepted.accept(committed);
            }
            return committed.mail();
        }
    }

    /** What subscribers see as MessageId: the same for all of them, and whenever it is sent. */
    static UUID messageId(MessageId publication) {
        return UUID.nameUUIDFromBytes(publication.value().getBytes(StandardCharsets.US_ASCII));
    }
}
