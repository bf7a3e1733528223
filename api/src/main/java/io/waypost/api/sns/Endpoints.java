package io.waypost.api.sns;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.topic.Subscription.Protocol;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be subscribed: an http or https URL, or a Camel endpoint that the operator named; never a Camel URI, which can read files
 * and start programs.
 */
final class Endpoints {

    private static final int MOST_URL = 2048;

    private final Set<String> camel;

    /** @param camel the names under {@code endpoints:} in the server's file */
    Endpoints(Set<String> camel) {
        this.camel = Set.copyOf(camel);
    }

    static Protocol protocol(String word) throws ServiceException {
        for (Protocol protocol : Protocol.values()) {
            if (protocol.word().equals(word)) {
                return protocol;
            }
        }
        throw SnsErrors.invalid("Protocol Reason: this server delivers to http, https and camel");
    }

    /** The endpoint as it is kept. */
    String checked(Protocol protocol, @Nullable String endpoint) throws ServiceException {
        if (endpoint == null || endpoint.isEmpty()) {
            throw SnsErrors.invalid("Endpoint");
        }
        if (protocol == Protocol.CAMEL) {
            if (!camel.contains(endpoint)) {
                throw SnsErrors.invalid("Endpoint Reason: no endpoint of that name is in the server's file");
            }
            return endpoint;
        }
        URI url;
        try {
            url = new URI(endpoint).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw SnsErrors.invalid("Endpoint Reason: not a URL");
        }
        if (!protocol.word().equalsIgnoreCase(url.getScheme())) {
            throw SnsErrors.invalid("Endpoint Reason: the URL does not match the protocol " + protocol.word());
        }
        if (url.getHost() == null
                || url.getRawFragment() != null
                || url.getPort() == 0
                || url.getPort() > 65535
                || endpoint.length() > MOST_URL
                || !endpoint.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw SnsErrors.invalid("Endpoint");
        }
        return endpoint;
    }
}
