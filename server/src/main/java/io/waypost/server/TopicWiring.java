package io.waypost.server;

import io.waypost.actions.endpoint.CamelEndpoints;
import io.waypost.actions.notification.EnvelopeSigner;
import io.waypost.actions.notification.Publications;
import io.waypost.actions.notification.SubscriptionHandler;
import io.waypost.actions.notification.TopicRules;
import io.waypost.actions.webhook.http.HttpSender;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.secret.Sealing;
import io.waypost.api.sns.EnvelopeKey;
import io.waypost.api.sns.PublishOperation;
import io.waypost.api.sns.SubscriptionOperations;
import io.waypost.api.sns.Tags;
import io.waypost.api.sns.TopicBook;
import io.waypost.api.sns.TopicOperations;
import io.waypost.api.sns.UnsignedLinks;
import io.waypost.config.WaypostConfig;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Spool;
import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.TopicArn;
import io.waypost.message.topic.TopicMessage;
import io.waypost.rules.RuleSets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Topics, as the rest of the server knows them. */
final class TopicWiring {

    private static final String CERTIFICATES = "/SimpleNotificationService-";

    private TopicWiring() {}

    /** Made by {@link #of}. */
    interface Topics extends RuleTargets.Topics, Operations.Family {

        /** Where consumers reach this server. */
        URI base();

        /** What nobody signs: certificates, and the links in envelopes. */
        Optional<WireResponse> unsigned(WireRequest request);
    }

    /** The key that signs envelopes: made with its first use, which takes the better part of a second the very first time. */
    static final class KeyOnce {

        private final Making making;
        private @Nullable EnvelopeKey made;

        private interface Making {
            EnvelopeKey key() throws IOException;
        }

        private KeyOnce(Making making) {
            this.making = making;
        }

        /** @throws UncheckedIOException when it can be neither opened nor made now; it is tried again with the next use */
        EnvelopeKey get() {
            try {
                return prepared();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The same, for the start. */
        synchronized EnvelopeKey prepared() throws IOException {
            EnvelopeKey key = made;
            if (key == null) {
                key = making.key();
                made = key;
            }
            return key;
        }
    }

    /** Topics, and what the router and the rules' actions need of them. */
    record Made(WaypostConfig config, TopicBook book, Publishing publishing, KeyOnce key) implements Topics {

        @Override
        public URI base() {
            return config.httpUrl();
        }

        @Override
        public boolean exists(Scope scope, String arn) {
            return TopicArn.parse(arn)
                            .filter(topic -> topic.scope().equals(scope))
                            .isPresent()
                    && book.find(arn).isPresent();
        }

        @Override
        public void publish(Scope scope, String arn, String subject, String message) throws IOException {
            TopicArn topic = TopicArn.parse(arn)
                    .filter(parsed -> parsed.scope().equals(scope))
                    .orElseThrow(() -> new IOException("no topic " + arn));
            TopicMessage notification = TopicMessage.notification(topic, message, Optional.of(subject));
            if (publishing.publish(notification, Optional.empty()).isEmpty()) {
                throw new IOException("no topic " + arn);
            }
        }

        @Override
        public void addTo(Operations.Builder operations) {
            operations
                    .add(new TopicOperations(book))
                    .add(new SubscriptionOperations(
                            book, publishing, config.endpoints().keySet()))
                    .add(new PublishOperation(publishing))
                    .add(new Tags(book));
        }

        @Override
        public Optional<WireResponse> unsigned(WireRequest request) {
            if (request.method().equals("GET")
                    && request.path().startsWith(CERTIFICATES)
                    && request.path().equals(key.get().certificatePath())) {
                return Optional.of(new WireResponse(
                        200,
                        Map.of("Content-Type", "application/x-pem-file"),
                        key.get().certificatePem()));
            }
            return UnsignedLinks.isOne(request)
                    ? Optional.of(new UnsignedLinks(book, publishing).answer(request))
                    : Optional.empty();
        }

        /** Who delivers to subscriptions; the router's. */
        SubscriptionHandler delivery(HttpSender http, CamelEndpoints endpoints) {
            String base = withoutSlash(base().toString());
            return new SubscriptionHandler(
                    book,
                    TopicSubscribers.of(config),
                    new EnvelopeSigner(() -> new EnvelopeSigner.SigningKey(
                            key.get().privateKey(), base + key.get().certificatePath())),
                    base,
                    http,
                    (endpoint, body, headers) -> endpoints.send(endpoint, body, texts(headers)));
        }
    }

    /**
     * Reads and makes everything.
     *
     * @param settings where topics are kept
     * @param spool where publications are kept
     * @param accepted is handed each publication with its claimed runs
     * @throws IOException when what is kept cannot be read, or the key cannot be made
     */
    static Made of(
            WaypostConfig config,
            Settings settings,
            Spool spool,
            Sealing sealing,
            Consumer<Spool.Committed> accepted,
            Clock clock,
            SecureRandom random)
            throws IOException {
        TopicBook book = TopicBook.load(
                settings, sealing, ApiWiring.home(config), TopicSubscribers.shown(config), clock, random);
        Path keys = config.data().resolve("keys");
        KeyOnce key = new KeyOnce(() -> EnvelopeKey.in(keys, sealing, config.hostname(), clock.instant()));
        if (EnvelopeKey.isIn(keys)) {
            // Opening is quick, and what is wrong with it is said before anything listens.
            key.prepared();
        }
        return new Made(config, book, new Publications(book, spool, config.hostname(), accepted, clock, random), key);
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static Map<String, String> texts(Map<String, Object> headers) {
        return headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    }

    /** The rules of publications beside all others. */
    static RuleSets ruleSets(RuleSets others) {
        TopicRules topics = new TopicRules();
        return version -> version.equals(TopicRules.VERSION) ? topics : others.find(version);
    }
}
