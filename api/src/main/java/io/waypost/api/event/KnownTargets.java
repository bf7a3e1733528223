package io.waypost.api.event;

import io.waypost.api.configuration.Targets;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.IdentityBook;
import io.waypost.api.identity.IdentityName;
import io.waypost.message.Scope;
import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.TopicArn;
import io.waypost.message.topic.TopicMessage;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiPredicate;

/** What configuration sets may name, looked up where it is known. Safe for all threads. */
public final class KnownTargets implements Targets {

    // SES' own words (contract 3.3).
    private static final String GREETING = "Successfully validated SNS topic for Amazon SES event publishing.";

    private final EventTargets targets;
    private final Publishing publishing;
    private final IdentityBook identities;
    private final BiPredicate<Scope, String> pools;

    /** @param pools whether there is a pool of source addresses of that name */
    public KnownTargets(
            EventTargets targets, Publishing publishing, IdentityBook identities, BiPredicate<Scope, String> pools) {
        this.targets = targets;
        this.publishing = publishing;
        this.identities = identities;
        this.pools = pools;
    }

    @Override
    public boolean topicExists(Scope scope, String topicArn) {
        return topic(scope, topicArn)
                .flatMap(arn -> targets.find(arn.toString()))
                .isPresent();
    }

    @Override
    public void greet(Scope scope, String topicArn) throws IOException {
        TopicArn arn = topic(scope, topicArn).orElseThrow(() -> new IOException("no topic " + topicArn));
        var unused = publishing.publish(TopicMessage.notification(arn, GREETING, Optional.empty()), Optional.empty());
    }

    private static Optional<TopicArn> topic(Scope scope, String topicArn) {
        return TopicArn.parse(topicArn).filter(arn -> arn.scope().equals(scope));
    }

    @Override
    public boolean isMapped(String arn) {
        return targets.isMapped(arn);
    }

    @Override
    public boolean isVerified(Scope scope, String domain) {
        return IdentityName.parse(domain).filter(name -> !name.isAddress()).stream()
                .flatMap(name -> name.covering().stream())
                .flatMap(name -> identities.find(scope, name).stream())
                .anyMatch(Identity::isVerified);
    }

    @Override
    public boolean poolExists(Scope scope, String pool) {
        return pools.test(scope, pool);
    }
}
