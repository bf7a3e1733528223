package io.waypost.outbound;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.outbound.smtp.HostAndPort;
import java.util.Map;
import java.util.Optional;

/**
 * Which host takes mail for which domain.
 *
 * @param relay takes everything that has no route of its own
 * @param routes domain to host, for exactly that domain
 */
public record OutboundRoutes(Optional<HostAndPort> relay, Map<Domain, HostAndPort> routes) {

    public OutboundRoutes {
        routes = Map.copyOf(routes);
    }

    /** The host for a domain; nothing when it has no route and there is no relay. */
    public Optional<HostAndPort> find(Domain domain) {
        HostAndPort route = routes.get(domain);
        return route == null ? relay : Optional.of(route);
    }

    /** The name runs for this recipient are held back by: {@code smtp:host:port}, or {@code smtp:domain} without a route. */
    public String destination(EmailAddress recipient) {
        return "smtp:"
                + find(recipient.domain())
                        .map(HostAndPort::toString)
                        .orElse(recipient.domain().name());
    }
}
