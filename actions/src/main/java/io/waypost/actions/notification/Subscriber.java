package io.waypost.actions.notification;

import io.waypost.actions.webhook.http.HttpDestination;
import io.waypost.actions.webhook.http.WebhookSecret;
import java.util.Optional;

/** How a subscription is reached. */
public sealed interface Subscriber {

    /**
     * An endpoint that gets the envelope of Amazon SNS.
     *
     * @param destination the endpoint
     * @param login {@code user:password}, said only when the endpoint asks for it
     * @param secret signs every call (Standard Webhooks) when present
     */
    record Http(HttpDestination destination, Optional<String> login, Optional<WebhookSecret> secret)
            implements Subscriber {

        /** Without the password. */
        @Override
        public String toString() {
            return "Http[" + destination.url() + "]";
        }
    }

    /**
     * A Camel endpoint that gets the message's text as its body.
     *
     * @param endpoint its name, from configuration only
     */
    record Camel(String endpoint) implements Subscriber {}
}
