package io.waypost.actions.notification;

import java.util.List;

/**
 * One entry of {@code topics:} in the server's file.
 *
 * @param name what rules call it
 * @param arn what notifications call it
 * @param subscribers who gets each notification; none is allowed
 */
public record TopicSettings(String name, String arn, List<Subscriber> subscribers) {

    public TopicSettings {
        subscribers = List.copyOf(subscribers);
    }

    /** A topic with the ARN that stands for a server without accounts. */
    public static TopicSettings of(String name, List<Subscriber> subscribers) {
        return new TopicSettings(name, "arn:aws:sns:us-east-1:000000000000:" + name, subscribers);
    }
}
