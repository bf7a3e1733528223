package io.waypost.actions.endpoint;

import io.waypost.rules.Action;

/**
 * Sends the message to a Camel endpoint.
 *
 * @param to the endpoint's name in the configuration
 */
public record EndpointAction(String to) implements Action {

    static final String TYPE = "endpoint";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return "endpoint:" + to;
    }
}
