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
 */
public record BounceAction(Reply reply, Optional<EmailAddress> sender) implements Action {

    public static final String TYPE = "bounce";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return "";
    }

    @Override
    public Flow flow() {
        return new Flow.Refuses(reply, false);
    }
}
