package io.waypost.outbound.sending;

import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Outcome;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvents;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.util.Optional;

/**
 * Tells that a mail was accepted. An effect of the mail itself, so that no death between the commit and the telling leaves an accepted
 * mail without its Send event.
 */
public final class TellHandler implements ActionHandler<TellAction> {

    private final MailEvents events;

    public TellHandler(MailEvents events) {
        this.events = events;
    }

    @Override
    public String type() {
        return TellAction.TYPE;
    }

    @Override
    public Class<TellAction> actionClass() {
        return TellAction.class;
    }

    @Override
    public Optional<TellAction> read(Node node, Problems problems) {
        problems.add(node.place(), "'tell' is not an action for rule files; use 'notify' to publish to a topic");
        return Optional.empty();
    }

    @Override
    public Outcome perform(TellAction action, Effect effect) throws IOException {
        events.tell(new MailEvent.Sent(
                effect.key().toString(), effect.mail(), effect.mail().acceptedAt()));
        return Outcome.done("told");
    }
}
