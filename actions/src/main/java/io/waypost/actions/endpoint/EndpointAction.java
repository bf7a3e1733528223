package io.waypost.actions.endpoint;

import io.waypost.rules.Action;

/**
 * Sends the message to a Camel endpoint.
 *
 * @param to the endpoint's name in the configuration
 * @param format how the mail is written
 */
public record EndpointAction(String to, Format format) implements Action {

    static final String TYPE = "endpoint";

    /** What the body is. */
    public enum Format {
        /** The mail's bytes. */
        RAW,
        /** The parsed mail, as a webhook gets it. */
        JSON
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return "endpoint:" + to;
    }
}
