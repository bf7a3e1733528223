package io.waypost.actions.reject;

import io.waypost.message.Reply;
import io.waypost.rules.Action;

/**
 * Turns the mail away for the recipients its rule matched: no later rule sees them.
 *
 * @param reply what the peer hears, or the codes and the text of the notice
 */
public record RejectAction(Reply reply) implements Action {

    public static final String TYPE = "reject";

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
        return new Flow.Refuses(reply, true);
    }
}
