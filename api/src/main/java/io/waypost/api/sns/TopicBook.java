package io.waypost.api.sns;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.secret.Sealing;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Setting;
import io.waypost.message.topic.Subscription;
import io.waypost.message.topic.Subscription.Protocol;
import io.waypost.message.topic.Topic;
import io.waypost.message.topic.TopicArn;
import io.waypost.message.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * All topics and subscriptions: those of the server's file, and those made by API calls, which are kept in the store. Safe for all
 * threads; what changes something is durable when it returns.
 */
public final class TopicBook implements Topics {

    /** SNS' own limit. */
    static final int MOST_TOPICS = 100_000;

    /** A publication has a run for each; SNS allows more. */
    static final int MOST_SUBSCRIPTIONS = 1_000;

    private static final int TOKEN_BYTES = 32;

    /** A topic of the server's file. */
    public record ConfiguredTopic(String name, List<ConfiguredSubscriber> subscribers) {
        public ConfiguredTopic {
            subscribers = List.copyOf(subscribers);
        }
    }

    /** @param endpoint what lists show; holds no secret */
    public record ConfiguredSubscriber(Protocol protocol, String endpoint) {}

    private final Settings settings;
    private final TopicTexts texts;
    private final Scope home;
    private final Clock clock;
    private final SecureRandom random;
    private final TopicIndex index = new TopicIndex();

    private TopicBook(Settings settings, TopicTexts texts, Scope home, Clock clock, SecureRandom random) {
        this.settings = settings;
        this.texts = texts;
        this.home = home;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Reads everything.
     *
     * @param settings where it is kept
     * @param sealing for endpoints and tokens
     * @param home whose the topics of the server's file are
     * @param configured those topics; one of the same ARN in the store has its place taken, but keeps its subscriptions
     * @param random makes ids and tokens
     * @throws IOException when the store cannot be read, or was sealed by another key
     */
    public static TopicBook load(
            Settings settings,
            Sealing sealing,
            Scope home,
            List<ConfiguredTopic> configured,
            Clock clock,
            SecureRandom random)
            throws IOException {
        TopicBook book = new TopicBook(settings, new TopicTexts(sealing), home, clock, random);
        for (Setting setting : settings.list(TopicTexts.TOPIC)) {
            book.index.put(book.texts.topic(setting));
        }
        configured.forEach(book::putConfigured);
        for (Setting setting : settings.list(TopicTexts.SUBSCRIPTION)) {
            StoredSubscription subscription = book.texts.subscription(setting);
            if (book.index.topic(subscription.topic()).isPresent()) {
                book.index.put(subscription);
            }
        }
        return book;
    }

    private void putConfigured(ConfiguredTopic topic) {
        TopicArn arn = new TopicArn(home, topic.name());
        index.put(new StoredTopic(arn, Map.of(), Map.of(), true));
        for (int i = 0; i < topic.subscribers().size(); i++) {
            ConfiguredSubscriber subscriber = topic.subscribers().get(i);
            index.put(new StoredSubscription(
                    configuredId(topic.name(), i),
                    arn,
                    subscriber.protocol(),
                    subscriber.endpoint(),
                    true,
                    true,
                    true,
                    true,
                    "",
                    Instant.EPOCH,
                    Map.of()));
        }
    }

    /**
     * The id of a subscription in the server's file. It is made of its place there, not of its endpoint: what waits for an endpoint
     * that was mistyped goes to the right one once the file is mended.
     *
     * @param place counts from 0
     */
    public static String configuredId(String topic, int place) {
        String text = "configured " + topic + " " + place;
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    @Override
    public Optional<Topic> find(String nameOrArn) {
        Optional<StoredTopic> topic = TopicArn.isName(nameOrArn)
                ? index.topic(new TopicArn(home, nameOrArn)).filter(StoredTopic::configured)
                : TopicArn.parse(nameOrArn).flatMap(index::topic);
        return topic.map(found -> new Topic(
                found.arn(),
                found.signature(),
                alive(found.arn()).stream()
                        .filter(StoredSubscription::confirmed)
                        .map(StoredSubscription::id)
                        .toList()));
    }

    @Override
    public Optional<Subscription> subscription(String id) {
        return stored(id).map(this::seen);
    }

    /** As who delivers sees it. */
    Subscription seen(StoredSubscription subscription) {
        return new Subscription(
                subscription.id(),
                subscription.topic(),
                index.topic(subscription.topic()).map(StoredTopic::signature).orElse(Topic.Signature.SHA1),
                subscription.protocol(),
                subscription.endpoint(),
                subscription.configured(),
                subscription.confirmed(),
                subscription.token(),
                subscription.isRaw());
    }

    Optional<StoredSubscription> stored(String id) {
        Instant now = clock.instant();
        return index.subscription(id).filter(one -> one.isAlive(now));
    }

    StoredTopic stored(TopicArn arn) throws ServiceException {
        return index.topic(arn).orElseThrow(SnsErrors::noTopic);
    }

    /** The subscriptions of a topic that are confirmed, or may be still. */
    List<StoredSubscription> alive(TopicArn topic) {
        Instant now = clock.instant();
        return index.subscriptions(topic, "").stream()
                .filter(one -> one.isAlive(now))
                .toList();
    }

    Collection<StoredTopic> topics(Scope scope, String after) {
        return index.topics(scope, after);
    }

    Collection<StoredSubscription> subscriptions(Scope scope, String after) {
        return index.subscriptions(scope, after);
    }

    Collection<StoredSubscription> subscriptions(TopicArn topic, String after) {
        return index.subscriptions(topic, after);
    }

    Instant now() {
        return clock.instant();
    }

    /** Makes a topic, or finds it as it is: what was asked for may then not differ. */
    synchronized StoredTopic create(TopicArn arn, Map<String, String> attributes, Map<String, String> tags)
            throws ServiceException, IOException {
        Optional<StoredTopic> there = index.topic(arn);
        if (there.isPresent()) {
            if (!attributes.isEmpty() && !attributes.equals(there.get().attributes())) {
                throw SnsErrors.invalid("Attributes Reason: Topic already exists with different attributes");
            }
            if (!tags.isEmpty() && !tags.equals(there.get().tags())) {
                throw SnsErrors.invalid("Tags Reason: Topic already exists with different tags");
            }
            return there.get();
        }
        if (index.topics(arn.scope(), "").size() >= MOST_TOPICS) {
            throw SnsErrors.tooManyTopics(MOST_TOPICS);
        }
        return put(new StoredTopic(arn, attributes, tags, false));
    }

    /** What a change makes of a topic. */
    @FunctionalInterface
    interface TopicChange {
        StoredTopic of(StoredTopic topic) throws ServiceException;
    }

    synchronized void change(TopicArn arn, TopicChange change) throws ServiceException, IOException {
        put(change.of(own(stored(arn))));
    }

    /** Removes a topic with its subscriptions; nothing happens when there is none. */
    synchronized void delete(TopicArn arn) throws ServiceException, IOException {
        Optional<StoredTopic> topic = index.topic(arn);
        if (topic.isEmpty()) {
            return;
        }
        List<StoredSubscription> subscriptions =
                index.subscriptions(own(topic.get()).arn());
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Remove(TopicTexts.key(arn)));
        subscriptions.forEach(one -> changes.add(new Change.Remove(TopicTexts.key(one))));
        settings.apply(changes, clock.instant());
        subscriptions.forEach(index::remove);
        index.remove(topic.get());
    }

    /**
     * Subscribes an endpoint. One that is there already is answered as it is; one that is not confirmed yet gets a new token.
     *
     * @param needsConfirmation whether it gets nothing before it has confirmed
     */
    synchronized StoredSubscription subscribe(
            TopicArn arn, Protocol protocol, String endpoint, Map<String, String> attributes, boolean needsConfirmation)
            throws ServiceException, IOException {
        own(stored(arn));
        forgetUnconfirmed(arn);
        List<StoredSubscription> all = index.subscriptions(arn);
        Optional<StoredSubscription> there = all.stream()
                .filter(one -> one.protocol() == protocol && one.endpoint().equals(endpoint))
                .findFirst();
        if (there.isPresent() && there.get().confirmed()) {
            if (!attributes.isEmpty() && !attributes.equals(there.get().attributes())) {
                throw SnsErrors.invalid("Attributes Reason: Subscription already exists with different attributes");
            }
            return there.get();
        }
        if (there.isPresent()) {
            return put(there.get().withAttributes(attributes).asked(token(), clock.instant()));
        }
        if (all.size() >= MOST_SUBSCRIPTIONS) {
            throw SnsErrors.tooManySubscriptions(MOST_SUBSCRIPTIONS);
        }
        return put(new StoredSubscription(
                id(),
                arn,
                protocol,
                endpoint,
                false,
                !needsConfirmation,
                !needsConfirmation,
                false,
                needsConfirmation ? token() : "",
                clock.instant(),
                attributes));
    }

    /**
     * Confirms the subscription that was given this token; a second time, nothing changes.
     *
     * @param signed whether the request was
     * @param onlySignedEnds whether only a signed request may end it
     */
    synchronized StoredSubscription confirm(TopicArn arn, String token, boolean signed, boolean onlySignedEnds)
            throws ServiceException, IOException {
        stored(arn);
        byte[] given = token.getBytes(StandardCharsets.UTF_8);
        for (StoredSubscription one : alive(arn)) {
            if (!one.token().isEmpty() && MessageDigest.isEqual(one.token().getBytes(StandardCharsets.UTF_8), given)) {
                return one.confirmed() ? one : put(one.confirmed(signed, signed && onlySignedEnds));
            }
        }
        throw SnsErrors.invalid("Token");
    }

    /** Ends a subscription; nothing happens when there is none. */
    synchronized void unsubscribe(String id) throws ServiceException, IOException {
        Optional<StoredSubscription> subscription = index.subscription(id);
        if (subscription.isPresent()) {
            own(subscription.get());
            settings.apply(List.of(new Change.Remove(TopicTexts.key(subscription.get()))), clock.instant());
            index.remove(subscription.get());
        }
    }

    /**
     * Ends a subscription for somebody who is known by nothing but its link: it gets nothing any more, and its endpoint may take it up
     * again for as long as a token lives.
     *
     * @return what its endpoint is to be told; nothing when it had ended before
     */
    synchronized Optional<StoredSubscription> leave(String id) throws ServiceException, IOException {
        Optional<StoredSubscription> subscription = index.subscription(id).filter(StoredSubscription::confirmed);
        return subscription.isEmpty()
                ? Optional.empty()
                : Optional.of(put(own(subscription.get()).asked(token(), clock.instant())));
    }

    /** Changes a map of attributes in place. */
    @FunctionalInterface
    interface AttributesChange {
        void on(Map<String, String> attributes) throws ServiceException;
    }

    synchronized void changeSubscription(String id, AttributesChange change) throws ServiceException, IOException {
        StoredSubscription subscription = own(stored(id).orElseThrow(SnsErrors::noSubscription));
        Map<String, String> attributes = new HashMap<>(subscription.attributes());
        change.on(attributes);
        put(subscription.withAttributes(attributes));
    }

    private StoredTopic put(StoredTopic topic) throws IOException {
        settings.apply(List.of(new Change.Put(TopicTexts.key(topic.arn()), texts.text(topic))), clock.instant());
        index.put(topic);
        return topic;
    }

    private StoredSubscription put(StoredSubscription subscription) throws IOException {
        settings.apply(
                List.of(new Change.Put(TopicTexts.key(subscription), texts.text(subscription))), clock.instant());
        index.put(subscription);
        return subscription;
    }

    // What nobody confirmed in time makes room when somebody wants it.
    private void forgetUnconfirmed(TopicArn arn) throws IOException {
        Instant now = clock.instant();
        List<StoredSubscription> late = index.subscriptions(arn).stream()
                .filter(one -> !one.isAlive(now))
                .toList();
        if (!late.isEmpty()) {
            settings.apply(
                    late.stream()
                            .<Change>map(one -> new Change.Remove(TopicTexts.key(one)))
                            .toList(),
                    now);
            late.forEach(index::remove);
        }
    }

    private static StoredTopic own(StoredTopic topic) throws ServiceException {
        if (topic.configured()) {
            throw SnsErrors.readOnly("The topic " + topic.arn().name());
        }
        return topic;
    }

    private static StoredSubscription own(StoredSubscription subscription) throws ServiceException {
        if (subscription.configured()) {
            throw SnsErrors.readOnly("The subscription of " + subscription.shownEndpoint());
        }
        return subscription;
    }

    private String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    // RFC 9562 5.4, from the random numbers that were handed in.
    private String id() {
        long high = random.nextLong() & 0xffff_ffff_ffff_0fffL | 0x4000L;
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
