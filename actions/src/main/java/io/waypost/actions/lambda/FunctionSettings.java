package io.waypost.actions.lambda;

import io.waypost.actions.webhook.http.HttpDestination;
import io.waypost.actions.webhook.http.WebhookSecret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Who carries out a function.
 *
 * @param url takes the event by POST; with {@code api} the address of a service with Lambda's API, without a path
 * @param api whether it has Lambda's API ({@code /2015-03-31/functions/NAME/invocations})
 * @param secret signs calls as webhooks are signed
 * @param timeout for a whole call; SES waits 30 seconds
 * @param concurrency calls at once at most
 * @param allowPrivate whether it may lie in a private network or on this machine
 */
public record FunctionSettings(
        URI url, boolean api, Optional<WebhookSecret> secret, Duration timeout, int concurrency, boolean allowPrivate) {

    HttpDestination destination(FunctionArn function) {
        URI to = url;
        if (api) {
            String base = url.toString().endsWith("/") ? url.toString() : url + "/";
            String qualifier = function.qualifier()
                    .map(text -> "?Qualifier=" + text.replace("$", "%24"))
                    .orElse("");
            to = URI.create(base + "2015-03-31/functions/" + function.name() + "/invocations" + qualifier);
        }
        return new HttpDestination(to, timeout, concurrency, allowPrivate);
    }
}
