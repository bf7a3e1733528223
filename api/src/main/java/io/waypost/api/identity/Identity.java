package io.waypost.api.identity;

import io.waypost.message.Scope;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An address or a domain of an account in a region, and all that is set up about it.
 *
 * @param configured whether the server's file names the domain: then it is verified, whatever {@code ownership} says
 * @param mailFrom none: the server's own domain
 * @param tags in the order of their keys
 * @param policies who else may send as it, by the policy's name; JSON as its owner wrote it
 */
public record Identity(
        Scope scope,
        IdentityName name,
        Instant created,
        boolean configured,
        Ownership ownership,
        Dkim dkim,
        Optional<MailFrom> mailFrom,
        Feedback feedback,
        Optional<String> configurationSet,
        SortedMap<String, String> tags,
        SortedMap<String, String> policies) {

    public Identity {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
    }

    /** One of which nothing is set up yet. */
    public static Identity fresh(Scope scope, IdentityName name, Instant now) {
        return new Identity(
                scope,
                name,
                now,
                false,
                Ownership.notStarted(now),
                Dkim.none(now),
                Optional.empty(),
                Feedback.BY_MAIL,
                Optional.empty(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap());
    }

    /** Whether the account may use it. */
    public boolean isVerified() {
        return configured || ownership.proof().holds();
    }

    /** What the APIs say about its ownership. */
    public VerificationState state() {
        return configured ? VerificationState.SUCCESS : ownership.proof().state();
    }

    public Identity withConfigured(boolean it) {
        return new Identity(
                scope, name, created, it, ownership, dkim, mailFrom, feedback, configurationSet, tags, policies);
    }

    public Identity withOwnership(Ownership it) {
        return new Identity(
                scope, name, created, configured, it, dkim, mailFrom, feedback, configurationSet, tags, policies);
    }

    public Identity withDkim(Dkim it) {
        return new Identity(
                scope, name, created, configured, ownership, it, mailFrom, feedback, configurationSet, tags, policies);
    }

    public Identity withMailFrom(Optional<MailFrom> it) {
        return new Identity(
                scope, name, created, configured, ownership, dkim, it, feedback, configurationSet, tags, policies);
    }

    public Identity withFeedback(Feedback it) {
        return new Identity(
                scope, name, created, configured, ownership, dkim, mailFrom, it, configurationSet, tags, policies);
    }

    public Identity withConfigurationSet(Optional<String> it) {
        return new Identity(scope, name, created, configured, ownership, dkim, mailFrom, feedback, it, tags, policies);
    }

    public Identity withTags(SortedMap<String, String> it) {
        return new Identity(
                scope, name, created, configured, ownership, dkim, mailFrom, feedback, configurationSet, it, policies);
    }

    public Identity withPolicies(SortedMap<String, String> it) {
        return new Identity(
                scope, name, created, configured, ownership, dkim, mailFrom, feedback, configurationSet, tags, it);
    }
}
