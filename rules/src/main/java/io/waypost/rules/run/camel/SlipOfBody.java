package io.waypost.rules.run.camel;

import io.waypost.rules.run.RunInHand;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExpressionAdapter;

/** The routing slip of a run: the endpoints of its rule's actions, in order. Taken from the typed body, never from headers. */
final class SlipOfBody extends ExpressionAdapter {

    @Override
    public Object evaluate(Exchange exchange) {
        return exchange.getMessage().getBody(RunInHand.class).typesAhead().stream()
                .map(RuleSetRoutes::actionEndpoint)
                .toList();
    }
}
