package io.waypost.actions.webhook.http;

import java.net.URI;
import java.time.Duration;

/**
 * An endpoint that an operator named.
 *
 * @param url http or https, with a host, without user, password and fragment
 * @param timeout for one call in all: finding the address, connecting, sending and the answer
 * @param connections how many are kept to it at most, and so how many calls are on the way at once
 * @param reach which addresses it may have
 */
public record HttpDestination(URI url, Duration timeout, int connections, Reach reach) {

    public HttpDestination {
        check(url, timeout, connections);
    }

    /** @param allowPrivate whether it may lie in a private network or on this machine */
    public HttpDestination(URI url, Duration timeout, int connections, boolean allowPrivate) {
        this(url, timeout, connections, allowPrivate ? Reach.ANYWHERE : Reach.PUBLIC);
    }

    /**
     * Whether a destination can be made of these.
     *
     * @throws IllegalArgumentException says what is wrong
     */
    public static void check(URI url, Duration timeout, int connections) {
        if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
            throw new IllegalArgumentException("an http or https URL is needed");
        }
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "a URL with a host, and without user, password and #fragment, is needed");
        }
        if (!timeout.isPositive() || connections < 1) {
            throw new IllegalArgumentException("a timeout above 0 and at least one connection are needed");
        }
    }

    boolean isTls() {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    int port() {
        return url.getPort() >= 0 ? url.getPort() : isTls() ? 443 : 80;
    }

    /** The host as a name or address, an IPv6 address without its brackets. */
    String host() {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** What stands in the request line. */
    String target() {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }
}
