package io.waypost.actions.bounce;

import io.waypost.message.EmailAddress;
import io.waypost.message.Reply;
import io.waypost.rules.Action;
import java.util.Optional;

/**
 * Tells the sender that his mail was not delivered; later rules go on (SES contract 2.4, Bounce).
 *
 * @param reply the codes and the text
 * @param sender who the notice is from; {@code mailer-daemon} at this server when empty
 * @param topic a topic that is told when the sender was
 */
public record BounceAction(Reply reply, Optional<EmailAddress> sender, Optional<String> topic) implements Action {

    public static final String TYPE = "bounce";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return topic.map(name -> "topic:" + name).orElse("");
    }

    /** With a topic it never refuses in the session: of a mail that is not accepted nothing is kept that could be told again. */
    @Override
    public Flow flow() {
        return topic.isPresent() ? Flow.ORDINARY : new Flow.Refuses(reply, false);
    }
}
