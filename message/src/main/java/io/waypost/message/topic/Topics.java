package io.waypost.message.topic;

import java.util.Optional;

/** The topics there are, and their subscriptions. In memory: answers at once. Safe for all threads. */
public interface Topics {

    /**
     * Finds a topic.
     *
     * @param nameOrArn the plain name of a topic in the server's file, or any topic's ARN
     */
    Optional<Topic> find(String nameOrArn);

    /** A subscription by its id; nothing when it was ended, or was never confirmed in time. */
    Optional<Subscription> subscription(String id);
}
