package io.waypost.actions;

import io.waypost.actions.fields.Names;
import io.waypost.message.Outcome;
import io.waypost.rules.Effect;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a topic that an action was done (SES: {@code TopicArn} on any action). Families that take a {@code topic} call it after
 * their own work; the notification family implements it.
 */
public interface ActionNotices {

    /** The topics that exist, so that a rule naming another is refused when it is read. */
    Names topics();

    /**
     * Publishes a notice about an action, without the message's content. May be called again for the same effect; the notice then
     * has the same id.
     *
     * @param actionFields the members of {@code receipt.action} but topicArn (SES contract 3.1): {@code type} first
     * @param effect the action's own effect
     * @return Done only when the topic has taken it; anything else is the outcome of the whole effect
     */
    Outcome publish(String topic, Map<String, String> actionFields, Effect effect) throws Exception;

    /**
     * Publishes a notice about an action whose own work is done, where a topic is named.
     *
     * @param done what came of the action's own work
     * @return the same when there is no topic or it was told; otherwise what became of the attempt to tell it
     */
    default Outcome after(Outcome.Done done, Optional<String> topic, Map<String, String> actionFields, Effect effect)
            throws Exception {
        if (topic.isEmpty()) {
            return done;
        }
        String detail = done.detail() + "; ";
        return switch (publish(topic.get(), actionFields, effect)) {
            case Outcome.Done told -> new Outcome.Done(done.disposition(), detail + told.detail());
            case Outcome.Retry retry ->
                new Outcome.Retry(detail + "topic not told: " + retry.detail(), retry.notBefore());
            case Outcome.Failed failed -> new Outcome.Failed(detail + "topic not told: " + failed.detail());
        };
    }
}
