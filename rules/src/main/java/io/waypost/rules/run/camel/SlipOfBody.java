package io.waypost.rules.run.camel;

import io.waypost.rules.run.RunInHand;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExpressionAdapter;

/**
 * The routing slip of a run: the endpoints of its rule's actions, in order. Taken from the typed body, never from headers, and
 * as endpoints rather than URIs, which Camel would parse for every mail.
 */
final class SlipOfBody extends ExpressionAdapter {

    private final Map<String, Endpoint> actions;

    /** @param actions the endpoint of each action type */
    SlipOfBody(Map<String, Endpoint> actions) {
        this.actions = actions;
    }

    @Override
    public Object evaluate(Exchange exchange) {
        return exchange.getMessage().getBody(RunInHand.class).typesAhead().stream()
                .map(actions::get)
                .iterator();
    }
}
