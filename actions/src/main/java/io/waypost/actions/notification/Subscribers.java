package io.waypost.actions.notification;

import io.waypost.actions.webhook.http.HttpDestination;
import io.waypost.actions.webhook.http.Reach;
import io.waypost.message.topic.Subscription;
import io.waypost.message.topic.Subscription.Protocol;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Finds how a subscription is reached: in the server's file, or by the endpoint that an API call named. */
public final class Subscribers {

    /** One call in all; SNS waits as long. */
    public static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** Calls to one endpoint at once. */
    public static final int CONNECTIONS = 32;

    private final Map<String, Subscriber> configured;
    private final Reach reach;

    /**
     * @param configured those of the server's file, by the id of their subscription
     * @param reach which addresses the endpoints of other subscriptions may have
     */
    public Subscribers(Map<String, Subscriber> configured, Reach reach) {
        this.configured = Map.copyOf(configured);
        this.reach = reach;
    }

    /** Nothing for a subscription of the server's file that the file does not have any more. */
    Optional<Subscriber> of(Subscription subscription) {
        if (subscription.configured()) {
            return Optional.ofNullable(configured.get(subscription.id()));
        }
        return Optional.of(
                subscription.protocol() == Protocol.CAMEL
                        ? new Subscriber.Camel(subscription.endpoint())
                        : http(URI.create(subscription.endpoint())));
    }

    private Subscriber http(URI endpoint) {
        Optional<String> login = Optional.ofNullable(endpoint.getRawUserInfo())
                .map(text -> URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        HttpDestination destination = new HttpDestination(withoutLogin(endpoint), TIMEOUT, CONNECTIONS, reach);
        return new Subscriber.Http(destination, login, Optional.empty());
    }

    private static URI withoutLogin(URI endpoint) {
        try {
            String whole = endpoint.toString();
            String login = endpoint.getRawUserInfo();
            return login == null ? endpoint : new URI(whole.replaceFirst("//[^/@]*@", "//"));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the endpoint's URL cannot be read");
        }
    }
}
