package io.waypost.message.topic;

/**
 * Who gets a topic's messages, and how.
 *
 * @param id unique among all; the name of the rule that delivers to it, and the end of its ARN
 * @param topic what it is subscribed to
 * @param signature how its topic's messages are signed
 * @param protocol how it is reached
 * @param endpoint an absolute URL, perhaps with user and password; or the name of a Camel endpoint in the server's file
 * @param configured whether the server's file made it: then the file says how it is reached, and it needs no confirmation
 * @param confirmed whether it may get notifications
 * @param token confirms it; empty for one that needs no confirmation
 * @param raw whether it gets the message without an envelope
 */
public record Subscription(
        String id,
        TopicArn topic,
        Topic.Signature signature,
        Protocol protocol,
        String endpoint,
        boolean configured,
        boolean confirmed,
        String token,
        boolean raw) {

    /** How a subscriber is reached. */
    public enum Protocol {
        HTTP,
        HTTPS,
        /** A Camel endpoint that the operator named. */
        CAMEL;

        /** As it stands in requests and answers. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public String arn() {
        return topic + ":" + id;
    }

    /** Without the endpoint's password and the token. */
    @Override
    public String toString() {
        return "Subscription[" + arn() + "]";
    }
}
