package io.waypost.actions.endpoint;

/** A Camel endpoint did not take a message. The message has no secrets of the endpoint's URI; never permanent. */
public final class EndpointException extends Exception {

    private static final long serialVersionUID = 1L;

    EndpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
