package io.waypost.actions.notification;

import java.util.Map;

/** Hands a text to a Camel endpoint that the operator named. Is called on virtual threads, by many at once, and may block. */
@FunctionalInterface
public interface CamelSender {

    /**
     * Returns when the endpoint has taken the text.
     *
     * @param endpoint as in the server's file
     * @param headers small texts; their names are ours, never a mail's
     * @throws Exception when it has not taken it; the caller tries again later
     */
    void send(String endpoint, String body, Map<String, Object> headers) throws Exception;
}
