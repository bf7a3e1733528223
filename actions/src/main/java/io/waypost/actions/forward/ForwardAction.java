package io.waypost.actions.forward;

import io.waypost.message.EmailAddress;
import io.waypost.message.ReversePath;
import io.waypost.rules.Action;
import java.util.List;

/**
 * Sends the mail on.
 *
 * @param to whom to
 * @param from the reverse-path it gets, null where the rule names none; never the original sender's, whose SPF record does not
 *     list this server
 */
public record ForwardAction(List<EmailAddress> to, ReversePath from) implements Action {

    public static final String TYPE = "forward";

    public ForwardAction {
        to = List.copyOf(to);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return "";
    }
}
