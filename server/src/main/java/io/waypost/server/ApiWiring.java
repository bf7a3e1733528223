package io.waypost.server;

import io.waypost.actions.s3.ObjectStore;
import io.waypost.api.aws.Credentials;
import io.waypost.api.aws.Door;
import io.waypost.api.aws.Front;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.sign.Access;
import io.waypost.api.aws.sign.FailureLimit;
import io.waypost.api.contact.UnsubscribePage;
import io.waypost.api.identity.Configured;
import io.waypost.api.identity.DkimKeys;
import io.waypost.api.identity.Ed25519Requests;
import io.waypost.api.identity.Identities;
import io.waypost.api.identity.IdentityBook;
import io.waypost.api.identity.IdentityReader;
import io.waypost.api.identity.IdentitySettings;
import io.waypost.api.identity.KeySource;
import io.waypost.api.identity.RotationRequests;
import io.waypost.api.identity.Tokens;
import io.waypost.api.identity.Verification;
import io.waypost.api.identity.check.Verifier;
import io.waypost.api.identity.confirm.ConfirmationPage;
import io.waypost.api.identity.confirm.Confirmations;
import io.waypost.api.identity.confirm.OwnQuestions;
import io.waypost.api.identity.policy.EmailPolicyOperations;
import io.waypost.api.identity.policy.IdentityPolicies;
import io.waypost.api.identity.policy.PolicyOperations;
import io.waypost.api.identity.v1.DkimOperations;
import io.waypost.api.identity.v1.MailFromOperations;
import io.waypost.api.identity.v1.NotificationOperations;
import io.waypost.api.identity.v1.VerificationOperations;
import io.waypost.api.identity.v2.AttributeOperations;
import io.waypost.api.identity.v2.EmailIdentityOperations;
import io.waypost.api.identity.v2.TagOperations;
import io.waypost.api.identity.v2.Taggable;
import io.waypost.api.pool.PoolBook;
import io.waypost.api.receiving.BounceOperation;
import io.waypost.api.receiving.FilterOperations;
import io.waypost.api.receiving.ReceiptFilters;
import io.waypost.api.receiving.ReceiptRuleSets;
import io.waypost.api.receiving.RuleOperations;
import io.waypost.api.receiving.RuleSetOperations;
import io.waypost.api.secret.Sealing;
import io.waypost.api.tracking.Sightings;
import io.waypost.api.tracking.TrackedPages;
import io.waypost.api.tracking.TrackingFigures;
import io.waypost.api.verification.VerificationFamily;
import io.waypost.api.verification.VerificationTemplateBook;
import io.waypost.config.SesSettings;
import io.waypost.config.WaypostConfig;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.message.port.Dns;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.Submission;
import io.waypost.rules.book.RuleBook;
import io.waypost.rules.file.RuleFileReader;
import io.waypost.rules.match.OwnDomains;
import io.waypost.store.EmbeddedStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The APIs of SES and SNS, made from the configuration and what else there is. */
final class ApiWiring {

    /** Other servers may hold a mail as long again before somebody checks its signature. */
    private static final Duration BEYOND_GIVING_UP = Duration.ofDays(7);

    private ApiWiring() {}

    /** What the APIs work with. */
    record Means(
            WaypostConfig config,
            EmbeddedStore store,
            RuleBook book,
            RuleFileReader reader,
            ReceiptRuleSets.Files files,
            ObjectStore objects,
            Submission submission,
            TopicWiring.Topics topics,
            Sealing sealing,
            Dns dns,
            SendingWiring.Means sending,
            Front.Observer observer,
            Runnable signatureNotLookedAt,
            TrackingFigures tracking,
            SecureRandom random,
            Clock clock) {}

    /**
     * What has been made.
     *
     * @param sending sends, and hears of what was sent
     * @param pools of source addresses
     * @param ruleSets wants to hear when rule files change
     * @param page where owners of addresses confirm
     * @param unsubscribe where contacts end their subscription
     * @param tracked where the links of tracked mail lead
     * @param sightings tells who used them
     * @param verifier looks into DNS while it runs
     */
    record Apis(
            Operations operations,
            Credentials credentials,
            Front.Observer observer,
            SendingWiring.Made sending,
            PoolBook pools,
            ReceiptRuleSets ruleSets,
            ConfirmationPage page,
            UnsubscribePage unsubscribe,
            TrackedPages tracked,
            Sightings sightings,
            Verifier verifier) {

        /** Answers everything that the HTTP port takes for the APIs. Reads their models, which takes a moment. */
        Door door(TopicWiring.Topics topics) {
            Front front =
                    new Front(operations, credentials, () -> UUID.randomUUID().toString(), observer);
            return request -> {
                if (request.path().equals(ConfirmationPage.PATH)) {
                    return page.answer(request);
                }
                if (request.path().equals(UnsubscribePage.PATH)) {
                    return unsubscribe.answer(request);
                }
                if (tracked.isOne(request.path())) {
                    return tracked.answer(request);
                }
                return topics.unsigned(request).orElseGet(() -> front.answer(request));
            };
        }
    }

    /** Where rule sets of files belong: the first account, in the first region. */
    static Scope home(WaypostConfig config) {
        return new Scope(
                config.accounts().getFirst().id(), config.ses().regions().getFirst());
    }

    /** Makes everything and brings into force what the store has. */
    static Apis of(Means means) throws IOException {
        WaypostConfig config = means.config();
        Clock clock = means.clock();
        Tokens tokens = new Tokens(means.random());
        DkimKeys keys = new DkimKeys(KeySource.of(means.random()), means.sealing(), tokens);
        Configured configured = Configured.of(
                home(config).account(),
                config.domains().stream().map(Domain::new).toList());
        IdentityBook identities =
                IdentityBook.load(means.store().settings(), configured, keys, clock, (scope, domains) -> means.book()
                        .receiveFor(scope, ownDomains(domains)));
        for (Scope scope : scopes(config, identities)) {
            means.book().receiveFor(scope, ownDomains(identities.verifiedDomains(scope)));
        }

        RuleTargets targets = new RuleTargets(
                means.objects(),
                ActionFamilies.kmsKeys(config),
                config.functions().keySet(),
                means.topics(),
                (scope, address) -> isVerified(identities, scope, address),
                clock);
        ReceiptRuleSets ruleSets =
                new ReceiptRuleSets(means.store().settings(), means.book(), means.reader(), means.files(), clock);
        ReceiptFilters filters = new ReceiptFilters(means.store().settings(), means.book(), clock);
        ruleSets.load();
        filters.load();

        Verification verification =
                config.ses().verify() == SesSettings.Verify.AT_ONCE ? Verification.AT_ONCE : Verification.DNS;
        Confirmations confirmations = new Confirmations(
                identities,
                means.submission(),
                config.hostname(),
                means.topics().base(),
                tokens,
                clock);
        Identities changes = new Identities(identities, keys, tokens, verification, confirmations, clock);
        Duration stayPublished = config.retry().giveUpAfter().plus(BEYOND_GIVING_UP);
        RotationRequests rotations = new RotationRequests(means.store().settings(), identities, changes, clock);
        Ed25519Requests ed25519 =
                new Ed25519Requests(means.store().settings(), identities, keys, verification, stayPublished, clock);
        Verifier verifier = new Verifier(
                identities,
                means.dns(),
                config.hostname(),
                verification,
                stayPublished,
                () -> {
                    rotations.done();
                    ed25519.done();
                },
                clock);
        PoolBook pools =
                PoolWiring.of(config, means.store().settings(), home(config).account(), clock);
        EventWiring.Made events = EventWiring.of(means.store().settings(), identities, means.topics(), pools, clock);
        SendingWiring.Made sending = SendingWiring.of(means.sending(), identities, keys, events);
        Operations.Builder operations = new Operations.Builder();
        VerificationTemplateBook verifications =
                new VerificationTemplateBook(means.store().settings(), clock);
        OwnQuestions questions =
                new OwnQuestions(identities, verification, means.topics().base(), tokens, clock);
        IdentityPolicies policies = new IdentityPolicies(identities);
        operations.add(events).add(sending);
        operations
                .add(new VerificationFamily(verifications, identities))
                .add(sending.family().verifications(verifications, questions))
                .add(new PolicyOperations(policies))
                .add(new EmailPolicyOperations(policies));
        operations
                .add(new RuleSetOperations(ruleSets))
                .add(new RuleOperations(ruleSets, means.reader(), targets, clock))
                .add(new FilterOperations(filters))
                .add(new BounceOperation(
                        new StoredMails(means.store().ledger(), means.store().spool(), means.book()),
                        new FailureNotices(config.hostname(), means.submission(), clock),
                        targets,
                        clock));
        addIdentities(
                operations,
                changes,
                new IdentitySettings(
                        identities,
                        verification,
                        (scope, arn) -> means.topics().exists(scope, arn),
                        (scope, name) -> events.sets().find(scope, name).isPresent(),
                        clock),
                new IdentityReader(identities, verifier),
                taggables(events, sending, verifications),
                config.hostname());
        means.topics().addTo(operations);
        Operations all = operations.build();
        Sightings sightings = new Sightings(
                id -> means.store().ledger().story(id).map(Ledger.Story::mail),
                sending.events(),
                means.tracking(),
                Sightings.Limits.STANDARD,
                clock,
                means.random());
        return new Apis(
                all,
                credentials(means),
                means.observer(),
                sending,
                pools,
                ruleSets,
                new ConfirmationPage(confirmations),
                new UnsubscribePage(
                        sending.links(), events.contacts(), means.store().ledger(), sending.events(), clock),
                new TrackedPages(sending.tracked(), sightings),
                sightings,
                verifier);
    }

    private static List<Taggable> taggables(
            EventWiring.Made events, SendingWiring.Made sending, VerificationTemplateBook verifications) {
        List<Taggable> all = new ArrayList<>(events.taggables());
        all.add(sending.family().templateTags());
        all.add(verifications);
        return all;
    }

    private static void addIdentities(
            Operations.Builder operations,
            Identities identities,
            IdentitySettings settings,
            IdentityReader reader,
            List<Taggable> others,
            String hostname) {
        List<Taggable> tagged = new ArrayList<>(others);
        tagged.add(TagOperations.identities(settings));
        operations
                .add(new VerificationOperations(identities, reader))
                .add(new DkimOperations(identities, settings, reader))
                .add(new MailFromOperations(settings, reader))
                .add(new NotificationOperations(settings, reader))
                .add(new EmailIdentityOperations(identities, settings, reader, hostname))
                .add(new AttributeOperations(identities, settings, hostname))
                .add(new TagOperations(tagged));
    }

    private static Credentials credentials(Means means) {
        WaypostConfig config = means.config();
        return new FailureLimit(
                Access.of(config.accounts(), config.ses(), means.store().settings(), means.sealing(), means.clock()),
                config.httpLimits().failedSignatures(),
                System::nanoTime,
                means.signatureNotLookedAt());
    }

    private static Set<Scope> scopes(WaypostConfig config, IdentityBook identities) {
        Set<Scope> scopes = new HashSet<>(identities.scopes());
        config.ses()
                .regions()
                .forEach(region -> scopes.add(new Scope(home(config).account(), region)));
        return scopes;
    }

    private static OwnDomains ownDomains(Collection<Domain> domains) {
        return new OwnDomains(List.copyOf(domains));
    }

    private static boolean isVerified(IdentityBook identities, Scope scope, String address) {
        try {
            return identities.isVerified(scope, EmailAddress.of(address));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
