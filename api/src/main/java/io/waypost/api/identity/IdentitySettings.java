package io.waypost.api.identity;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.Scope;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Changes what is set up about an identity that exists: what the operations of both APIs have in common. Faults are said in the
 * words of the API of 2010. Safe for all threads.
 */
public final class IdentitySettings {

    private final IdentityBook book;
    private final Verification verification;
    private final TopicNames topics;
    private final ConfigurationSetNames configurationSets;
    private final Clock clock;

    public IdentitySettings(
            IdentityBook book,
            Verification verification,
            TopicNames topics,
            ConfigurationSetNames configurationSets,
            Clock clock) {
        this.book = book;
        this.verification = verification;
        this.topics = topics;
        this.configurationSets = configurationSets;
        this.clock = clock;
    }

    /** An address is signed as its domain is: switching it changes nothing, and needs the domain. */
    public void dkimEnabled(Scope scope, String identity, boolean enabled) throws ServiceException, IOException {
        IdentityName name = Names.any(identity);
        IdentityName domain = new IdentityName(name.domain().name());
        String words = "Domain " + domain + " is not verified for DKIM signing.";
        if (name.isAddress()) {
            signable(book.find(scope, domain), true, words);
            return;
        }
        book.change(scope, domain, before -> {
            Identity there = signable(before, enabled, words);
            return Optional.of(there.withDkim(there.dkim().withEnabled(enabled)));
        });
    }

    private static Identity signable(Optional<Identity> identity, boolean enabled, String words)
            throws ServiceException {
        return identity.filter(there -> !enabled || !there.dkim().keys().isEmpty())
                .orElseThrow(() -> ServiceException.invalidParameter(words));
    }

    /** @param domain nothing or an empty text for the server's own */
    public void mailFrom(Scope scope, String identity, Optional<String> domain, Optional<MailFrom.OnFailure> onFailure)
            throws ServiceException, IOException {
        String unknown = "Identity <" + identity + "> does not exist.";
        Optional<String> wanted = domain.filter(text -> !text.isEmpty());
        if (wanted.isEmpty()) {
            change(scope, identity, unknown, there -> there.withMailFrom(Optional.empty()));
            return;
        }
        IdentityName name = IdentityName.parse(identity).orElseThrow(() -> ServiceException.invalidParameter(unknown));
        IdentityName below = Names.domain(wanted.get());
        if (!below.domain().isBelow(name.domain())) {
            throw ServiceException.invalidParameter("Provided MAIL-FROM domain <" + wanted.get()
                    + "> is not subdomain of the domain of the identity <" + identity + ">.");
        }
        change(scope, identity, unknown, there -> there.withMailFrom(Optional.of(mailFrom(there, below, onFailure))));
    }

    private MailFrom mailFrom(Identity there, IdentityName domain, Optional<MailFrom.OnFailure> onFailure) {
        Optional<MailFrom> same = there.mailFrom().filter(it -> it.domain().equals(domain.text()));
        return new MailFrom(
                domain.text(),
                onFailure.orElse(MailFrom.OnFailure.USE_DEFAULT_VALUE),
                verification.begun(
                        same.map(MailFrom::proof).orElseGet(() -> Proof.notStarted(clock.instant())), clock.instant()));
    }

    public void forwarding(Scope scope, String identity, boolean on) throws ServiceException, IOException {
        change(
                scope,
                identity,
                mustBeVerified(identity),
                there -> there.withFeedback(there.feedback().withForwarding(on)));
    }

    /** @param topic nothing or an empty text for none */
    public void topic(Scope scope, String identity, Feedback.Kind kind, Optional<String> topic)
            throws ServiceException, IOException {
        Optional<String> wanted = topic.filter(text -> !text.isEmpty());
        if (wanted.isPresent() && !topics.exists(scope, wanted.get())) {
            throw ServiceException.invalidParameter("SNS topic <" + wanted.get() + "> not found.");
        }
        change(
                scope,
                identity,
                mustBeVerified(identity),
                there -> there.withFeedback(there.feedback().withTopic(kind, wanted)));
    }

    public void headers(Scope scope, String identity, Feedback.Kind kind, boolean on)
            throws ServiceException, IOException {
        String words = "Identity " + identity + " is invalid. It must be a verified email address or domain.";
        change(
                scope,
                identity,
                words,
                there -> there.withFeedback(there.feedback().withHeaders(kind, on)));
    }

    /** @param set nothing or an empty text for none */
    public void assign(Scope scope, String identity, Optional<String> set) throws ServiceException, IOException {
        Optional<String> wanted = configurationSet(scope, set);
        tagged(
                scope,
                identity,
                "Email identity " + identity + " does not exist.",
                there -> there.withConfigurationSet(wanted));
    }

    /**
     * The name, when there is such a set.
     *
     * @throws ServiceException NotFoundException
     */
    public Optional<String> configurationSet(Scope scope, Optional<String> set) throws ServiceException, IOException {
        Optional<String> wanted = set.filter(text -> !text.isEmpty());
        if (wanted.isPresent() && !configurationSets.exists(scope, wanted.get())) {
            throw new ServiceException("NotFoundException", "Configuration set <" + wanted.get() + "> does not exist.");
        }
        return wanted;
    }

    /** What to do with the tags of an identity. */
    @FunctionalInterface
    public interface TagEdit {
        void on(SortedMap<String, String> tags) throws ServiceException;
    }

    /** @throws ServiceException NotFoundException, or from the edit */
    public void tags(Scope scope, String identity, TagEdit edit) throws ServiceException, IOException {
        tagged(scope, identity, "No EmailIdentity present with name: " + identity, there -> {
            SortedMap<String, String> tags = new TreeMap<>(there.tags());
            edit.on(tags);
            return there.withTags(tags);
        });
    }

    private interface Change {
        Identity of(Identity before) throws ServiceException;
    }

    private void tagged(Scope scope, String identity, String unknown, Change change)
            throws ServiceException, IOException {
        change(scope, identity, new ServiceException("NotFoundException", unknown), change);
    }

    private void change(Scope scope, String identity, String unknown, UnaryOperator<Identity> change)
            throws ServiceException, IOException {
        change(scope, identity, ServiceException.invalidParameter(unknown), change::apply);
    }

    private void change(Scope scope, String identity, ServiceException unknown, Change change)
            throws ServiceException, IOException {
        IdentityName name = IdentityName.parse(identity).orElseThrow(() -> unknown);
        book.change(scope, name, before -> Optional.of(change.of(before.orElseThrow(() -> unknown))));
    }

    private static String mustBeVerified(String identity) {
        return "Identity " + identity + " is invalid. Must be a verified email address or domain.";
    }
}
