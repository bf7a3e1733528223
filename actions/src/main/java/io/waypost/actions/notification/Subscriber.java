package io.waypost.actions.notification;

import io.waypost.actions.webhook.http.HttpDestination;
import io.waypost.actions.webhook.http.WebhookSecret;
import java.util.Optional;

/** Who gets a topic's notifications. */
public sealed interface Subscriber {

    /** Tells subscribers of one topic apart, the same after a restart; part of a notification's id. */
    String id();

    /**
     * An endpoint that gets the envelope of Amazon SNS.
     *
     * @param destination the endpoint
     * @param secret signs every call (Standard Webhooks) when present
     */
    record Http(HttpDestination destination, Optional<WebhookSecret> secret) implements Subscriber {
        @Override
        public String id() {
            return destination.url().toString();
        }
    }

    /**
     * A Camel endpoint that gets the notification's text as its body.
     *
     * @param endpoint its URI or name, from configuration only
     */
    record Camel(String endpoint) implements Subscriber {
        @Override
        public String id() {
            return "camel " + endpoint;
        }
    }
}
