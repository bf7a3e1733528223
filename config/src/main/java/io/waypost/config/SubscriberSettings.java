package io.waypost.config;

import java.net.URI;
import java.util.Optional;

/** One subscriber of a topic. */
public sealed interface SubscriberSettings {

    /**
     * Gets the notification by POST.
     *
     * @param url absolute, http or https, without credentials
     * @param secret signs each call when present
     * @param allowPrivate its address may be a private one
     */
    record Http(URI url, Optional<Secret> secret, boolean allowPrivate) implements SubscriberSettings {}

    /** Gets the notification through Camel. */
    record Camel(EndpointSettings endpoint) implements SubscriberSettings {}
}
