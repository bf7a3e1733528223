package io.waypost.api.sns;

import io.waypost.message.topic.Subscription.Protocol;
import io.waypost.message.topic.TopicArn;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A subscription as it was set up.
 *
 * @param id unique among all; random, for it is what an UnsubscribeURL holds
 * @param topic what it is subscribed to
 * @param protocol how it is reached
 * @param endpoint as the call named it
 * @param configured whether it stands in the server's file
 * @param confirmed whether it may get notifications
 * @param authenticated whether it was confirmed by a signed request
 * @param signedUnsubscribe whether only a signed request ends it (AuthenticateOnUnsubscribe)
 * @param token confirms it
 * @param askedAt when the token was made
 * @param attributes what SetSubscriptionAttributes may change, by SNS' names
 */
record StoredSubscription(
        String id,
        TopicArn topic,
        Protocol protocol,
        String endpoint,
        boolean configured,
        boolean confirmed,
        boolean authenticated,
        boolean signedUnsubscribe,
        String token,
        Instant askedAt,
        Map<String, String> attributes) {

    /** How long a token may be used, as with SNS; afterwards the subscription never was. */
    static final Duration TOKEN_LIFE = Duration.ofDays(3);

    static final String RAW = "RawMessageDelivery";

    StoredSubscription {
        attributes = Map.copyOf(attributes);
    }

    String arn() {
        return topic + ":" + id;
    }

    boolean isAlive(Instant now) {
        return confirmed || now.isBefore(askedAt.plus(TOKEN_LIFE));
    }

    boolean isRaw() {
        return "true".equals(attributes.get(RAW));
    }

    /** Without the password. */
    String shownEndpoint() {
        return endpoint.replaceFirst("^(?i)(https?://[^/@:]*):[^/@]*@", "$1:****@");
    }

    StoredSubscription asked(String newToken, Instant now) {
        return new StoredSubscription(
                id, topic, protocol, endpoint, configured, false, false, false, newToken, now, attributes);
    }

    StoredSubscription confirmed(boolean signed, boolean onlySignedEnds) {
        return new StoredSubscription(
                id, topic, protocol, endpoint, configured, true, signed, onlySignedEnds, token, askedAt, attributes);
    }

    StoredSubscription withAttributes(Map<String, String> changed) {
        return new StoredSubscription(
                id,
                topic,
                protocol,
                endpoint,
                configured,
                confirmed,
                authenticated,
                signedUnsubscribe,
                token,
                askedAt,
                changed);
    }

    /** Without the endpoint's password and the token. */
    @Override
    public String toString() {
        return "StoredSubscription[" + arn() + "]";
    }
}
