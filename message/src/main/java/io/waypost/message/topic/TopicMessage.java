package io.waypost.message.topic;

import java.util.Map;
import java.util.Optional;

/**
 * What is published.
 *
 * @param kind what it is
 * @param topic where it is published
 * @param text what subscribers get
 * @param texts what subscribers of some protocols get instead, by protocol (SNS MessageStructure json)
 * @param subject at most 100 characters
 * @param attributes by name
 * @param token what confirms the subscription; empty for a notification
 */
public record TopicMessage(
        Kind kind,
        TopicArn topic,
        String text,
        Map<String, String> texts,
        Optional<String> subject,
        Map<String, Attribute> attributes,
        String token) {

    /** The words of SNS' Type. */
    public enum Kind {
        NOTIFICATION("Notification"),
        CONFIRMATION("SubscriptionConfirmation"),
        UNSUBSCRIPTION("UnsubscribeConfirmation");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * A MessageAttribute.
     *
     * @param type String, String.Array, Number or Binary
     * @param value as text; base64 when binary
     */
    public record Attribute(String type, String value) {}

    public TopicMessage {
        texts = Map.copyOf(texts);
        attributes = Map.copyOf(attributes);
    }

    /** A notification that is the same for every protocol. */
    public static TopicMessage notification(TopicArn topic, String text, Optional<String> subject) {
        return new TopicMessage(Kind.NOTIFICATION, topic, text, Map.of(), subject, Map.of(), "");
    }

    /** Asks a subscriber whether he means it. */
    public static TopicMessage confirmation(Subscription subscription) {
        String text = "You have chosen to subscribe to the topic " + subscription.topic()
                + ".\nTo confirm the subscription, visit the SubscribeURL included in this message.";
        return new TopicMessage(
                Kind.CONFIRMATION,
                subscription.topic(),
                text,
                Map.of(),
                Optional.empty(),
                Map.of(),
                subscription.token());
    }

    /** Tells a subscriber that somebody ended the subscription by its link, and how it is taken up again. */
    public static TopicMessage unsubscription(Subscription subscription) {
        String text = "You have chosen to deactivate subscription " + subscription.arn()
                + ".\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.";
        return new TopicMessage(
                Kind.UNSUBSCRIPTION,
                subscription.topic(),
                text,
                Map.of(),
                Optional.empty(),
                Map.of(),
                subscription.token());
    }

    /** What subscribers of this protocol get. */
    public String textFor(Subscription.Protocol protocol) {
        return texts.getOrDefault(protocol.word(), text);
    }
}
