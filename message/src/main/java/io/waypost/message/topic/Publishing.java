package io.waypost.message.topic;

import io.waypost.message.MessageId;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** The way into the topics' line. Safe for all threads; blocks the calling virtual thread. */
public interface Publishing {

    /**
     * Hands a message to every confirmed subscription of its topic. Durable when it returns: from there on each subscription has its
     * own attempts. A topic without subscriptions takes it and nothing is stored.
     *
     * @param repeatKey names this publication: a second one with the same key, after a crash or a lost answer, publishes nothing
     *     and is answered as the first, for as long as history is kept
     * @return the id that subscribers see; nothing when there is no such topic
     * @throws io.waypost.message.port.StoreUnavailableException when nothing was published; the caller tries again later
     */
    Optional<Published> publish(TopicMessage message, Optional<String> repeatKey) throws IOException;

    /**
     * Asks one subscriber to confirm, durably; nothing is delivered to it before.
     *
     * @throws io.waypost.message.port.StoreUnavailableException when it will not be asked
     */
    void askForConfirmation(Subscription subscription) throws IOException;

    /**
     * Tells one subscriber, durably, that it is not subscribed any more, and what takes the subscription up again.
     *
     * @param subscription not confirmed, with a token that confirms it
     * @throws io.waypost.message.port.StoreUnavailableException when it will not be told
     */
    void tellUnsubscribed(Subscription subscription) throws IOException;

    /**
     * @param publication its name in the spool, which traces know it by
     * @param messageId SNS' MessageId
     * @param subscriptions how many will get it; without any it is not kept
     */
    record Published(MessageId publication, UUID messageId, int subscriptions) {}
}
