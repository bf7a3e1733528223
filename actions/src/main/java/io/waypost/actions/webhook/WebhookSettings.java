package io.waypost.actions.webhook;

import io.waypost.actions.webhook.http.HttpDestination;
import io.waypost.actions.webhook.http.WebhookSecret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * One entry of {@code webhooks:} in the server's file.
 *
 * @param name what rules call it
 * @param url http or https
 * @param secret signs every call when present
 * @param timeout for one call in all
 * @param concurrency how many calls are on the way at once, and how many connections are kept
 * @param allowPrivate whether the endpoint may lie in a private network or on this machine
 */
public record WebhookSettings(
        String name, URI url, Optional<WebhookSecret> secret, Duration timeout, int concurrency, boolean allowPrivate) {

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException says what is wrong with the URL, the timeout or the concurrency
     */
    public WebhookSettings {
        HttpDestination.check(url, timeout, concurrency);
    }

    HttpDestination destination() {
        return new HttpDestination(url, timeout, concurrency, allowPrivate);
    }
}
