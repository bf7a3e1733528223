package io.waypost.server;

import io.waypost.api.aws.Operations;
import io.waypost.api.configuration.StoredSet;
import io.waypost.api.contact.UnsubscribePage;
import io.waypost.api.event.EventFigures;
import io.waypost.api.identity.DkimKeys;
import io.waypost.api.identity.IdentityBook;
import io.waypost.api.identity.SendingBook;
import io.waypost.api.identity.policy.LentIdentities;
import io.waypost.api.secret.Sealing;
import io.waypost.api.sending.SendingFamily;
import io.waypost.api.sending.account.Accounts;
import io.waypost.config.WaypostConfig;
import io.waypost.message.Mail;
import io.waypost.message.ReversePath;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Spool;
import io.waypost.message.port.Submission;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvents;
import io.waypost.message.sending.Sender;
import io.waypost.message.sending.TrackedLinks;
import io.waypost.message.sending.UnsubscribeLinks;
import io.waypost.outbound.OutboundSettings;
import io.waypost.outbound.account.CountedQuota;
import io.waypost.outbound.account.CountedStatistics;
import io.waypost.outbound.account.Reputation;
import io.waypost.outbound.port.ContactLists;
import io.waypost.outbound.port.DeliveryObserver;
import io.waypost.outbound.port.ReturnPaths;
import io.waypost.outbound.sending.Aftermath;
import io.waypost.outbound.sending.DeliveryReports;
import io.waypost.outbound.sending.MessageSender;
import io.waypost.outbound.sending.SendingServices;
import io.waypost.outbound.sending.SignedReturnPaths;
import io.waypost.outbound.tracking.BodyLinks;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The one way for applications to send mail, and whatever asks or hears about it. */
final class SendingWiring {

    private static final String RETURN_PATHS = "return paths of sent mail";
    private static final String UNSUBSCRIBE = "links that end a subscription";
    private static final String TRACKED = "links that tell of readers";

    private SendingWiring() {}

    /**
     * What sending is made of.
     *
     * @param accepted is handed each accepted mail with its claimed runs
     */
    record Means(
            WaypostConfig config,
            OutboundSettings outbound,
            Settings settings,
            Spool spool,
            Submission submission,
            Sealing sealing,
            EventFigures figures,
            Consumer<Spool.Committed> accepted,
            SecureRandom random,
            Clock clock) {}

    /**
     * What has been made.
     *
     * @param sender takes mail from every door
     * @param family the operations
     * @param events hear what became of mail
     * @param aftermath hears it first
     * @param paths the return paths that lead back here
     * @param links of the page that ends subscriptions
     * @param tracked of mail whose readers are told of
     */
    record Made(
            Sender sender,
            SendingFamily family,
            MailEvents events,
            Aftermath aftermath,
            SignedReturnPaths paths,
            DeliveryObserver observer,
            ContactLists contacts,
            UnsubscribeLinks links,
            TrackedLinks tracked,
            CountedQuota quota,
            CountedStatistics statistics,
            Reputation reputation)
            implements Operations.Family {

        @Override
        public void addTo(Operations.Builder operations) {
            operations.add(family);
        }

        /** What applications send comes back by a path of its own; everything else as it was submitted. */
        ReturnPaths returnPaths() {
            return (mail, run) -> mail.sending()
                    .<ReversePath>map(sending -> ReversePath.of(paths.of(mail.id(), run, sending.mailFrom())))
                    .orElse(mail.envelope().from());
        }

        void close() {
            quota.close();
            statistics.close();
            reputation.close();
        }
    }

    /** @throws IOException when what is kept cannot be read */
    static Made of(Means means, IdentityBook identities, DkimKeys keys, EventWiring.Made sets) throws IOException {
        WaypostConfig config = means.config();
        Clock clock = means.clock();
        Accounts accounts = new Accounts(means.settings(), config.ses(), clock);
        CountedQuota quota = new CountedQuota(accounts, means.settings(), clock);
        CountedStatistics statistics = new CountedStatistics(means.settings(), clock);
        Reputation reputation = new Reputation(
                means.settings(), (scope, name) -> countedSince(sets.sets().stored(scope, name)), clock);
        MailEvents events =
                counted(sets.events(config.hostname(), means.submission(), means.figures()), statistics, reputation);
        UnsubscribeLinks links =
                new UnsubscribeLinks(means.sealing().derive(UNSUBSCRIBE).getEncoded());
        TrackedLinks tracked = new TrackedLinks(means.sealing().derive(TRACKED).getEncoded());
        SignedReturnPaths paths =
                new SignedReturnPaths(means.sealing().derive(RETURN_PATHS).getEncoded());
        Aftermath aftermath = new Aftermath(events, sets.suppression(), sets.sets());
        SendingBook book = new SendingBook(identities, keys);
        Sender sender = new MessageSender(
                means.outbound(),
                new SendingServices(
                        book,
                        accounts,
                        sets.sets(),
                        quota,
                        sets.contacts(),
                        new LentIdentities(identities, book, clock),
                        new SendingServices.Unsubscribe(unsubscribePage(config), links, paths),
                        new BodyLinks(config.httpUrl(), tracked, means.spool())),
                means.spool(),
                committed -> {
                    statistics.tell(sent(committed.mail()));
                    reputation.tell(sent(committed.mail()));
                    means.accepted().accept(committed);
                },
                clock,
                means.random());
        return new Made(
                sender,
                new SendingFamily(
                        sender,
                        means.settings(),
                        events,
                        accounts,
                        quota,
                        statistics,
                        config.hostname(),
                        clock,
                        means.random()),
                events,
                aftermath,
                paths,
                new DeliveryReports(aftermath, config.hostname(), config.retry().giveUpAfter()),
                sets.contacts(),
                links,
                tracked,
                quota,
                statistics,
                reputation);
    }

    private static Optional<Instant> countedSince(Optional<StoredSet> set) {
        return set.filter(StoredSet::reputationMetricsEnabled).map(it -> Optional.ofNullable(it.lastFreshStart())
                .map(Instant::parse)
                .orElse(Instant.EPOCH));
    }

    private static URI unsubscribePage(WaypostConfig config) {
        String base = config.httpUrl().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + UnsubscribePage.PATH);
    }

    // Every mail is counted when it is accepted, and told as sent only where somebody hears of it.
    private static MailEvents counted(MailEvents told, CountedStatistics statistics, Reputation reputation) {
        return event -> {
            told.tell(event);
            if (!(event instanceof MailEvent.Sent)) {
                statistics.tell(event);
                reputation.tell(event);
            }
        };
    }

    private static MailEvent sent(Mail mail) {
        return new MailEvent.Sent(mail.id().value(), mail, mail.acceptedAt());
    }
}
