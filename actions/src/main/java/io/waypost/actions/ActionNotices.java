package io.waypost.actions;

import io.waypost.actions.fields.Names;
import io.waypost.message.Outcome;
import io.waypost.rules.Action;
import io.waypost.rules.Effect;

/**
 * Tells a topic that an action was done (SES: {@code TopicArn} on any action). Families that take a {@code topic} call it after
 * their own work; the notification family implements it.
 */
public interface ActionNotices {

    /** The topics that exist, so that a rule naming another is refused when it is read. */
    Names topics();

    /**
     * Publishes a notice about {@code action}, without the message's content. May be called again for the same effect; the notice then
     * has the same id.
     *
     * @return Done only when the topic has taken it; anything else is the outcome of the whole effect
     */
    Outcome publish(String topic, Action action, Effect effect) throws Exception;
}
