package io.waypost.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Who carries out a function that rules name by its ARN.
 *
 * @param url takes the event by POST; with {@code api} a service with Lambda's API
 * @param api whether it has Lambda's API
 * @param secret signs calls as webhooks are signed
 * @param timeout for a whole call
 * @param concurrency calls at once at most
 * @param allowPrivate whether it may lie in a private network or on this machine
 */
public record FunctionSettings(
        URI url, boolean api, Optional<Secret> secret, Duration timeout, int concurrency, boolean allowPrivate) {}
