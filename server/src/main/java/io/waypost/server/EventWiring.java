package io.waypost.server;

import io.waypost.api.aws.Operations;
import io.waypost.api.configuration.ConfigurationFamily;
import io.waypost.api.configuration.ConfigurationSetBook;
import io.waypost.api.contact.ContactBook;
import io.waypost.api.contact.ContactFamily;
import io.waypost.api.event.EventFigures;
import io.waypost.api.event.EventPublisher;
import io.waypost.api.event.FeedbackMail;
import io.waypost.api.event.KnownTargets;
import io.waypost.api.event.SendingFeedback;
import io.waypost.api.identity.IdentityBook;
import io.waypost.api.identity.v2.Taggable;
import io.waypost.api.pool.PoolBook;
import io.waypost.api.pool.PoolOperations;
import io.waypost.api.suppression.SuppressionOperations;
import io.waypost.api.suppression.SuppressionStore;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Submission;
import io.waypost.message.sending.MailEvents;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Configuration sets, events, suppression, contacts and pools, made from what is stored. */
final class EventWiring {

    private EventWiring() {}

    /**
     * What has been made; each is also the port that sending asks.
     *
     * @param sets configuration sets
     * @param suppression addresses that get no mail
     * @param contacts contact lists
     * @param pools pools of source addresses
     */
    record Made(
            ConfigurationSetBook sets,
            SuppressionStore suppression,
            ContactBook contacts,
            PoolBook pools,
            KnownTargets targets,
            IdentityBook identities,
            TopicWiring.Topics topics,
            Clock clock)
            implements Operations.Family {

        @Override
        public void addTo(Operations.Builder operations) {
            operations
                    .add(new ConfigurationFamily(sets, targets, clock))
                    .add(new SuppressionOperations(suppression))
                    .add(new ContactFamily(contacts))
                    .add(new PoolOperations(pools));
        }

        /** What of it has tags. */
        List<Taggable> taggables() {
            return List.of(ConfigurationFamily.tags(sets), ContactFamily.tags(contacts), pools);
        }

        /** Who is told what became of sent mail. */
        MailEvents events(String hostname, Submission submission, EventFigures figures) {
            return new EventPublisher(
                    sets,
                    SendingFeedback.of(identities),
                    topics.publishing(),
                    new FeedbackMail(hostname, submission),
                    figures);
        }
    }

    /**
     * Reads everything.
     *
     * @param pools of source addresses
     * @throws IOException when what is kept cannot be read
     */
    static Made of(Settings settings, IdentityBook identities, TopicWiring.Topics topics, PoolBook pools, Clock clock)
            throws IOException {
        return new Made(
                ConfigurationSetBook.load(settings, clock),
                new SuppressionStore(settings, clock),
                ContactBook.load(settings, clock),
                pools,
                new KnownTargets(topics.targets(), topics.publishing(), identities, pools::exists),
                identities,
                topics,
                clock);
    }
}
