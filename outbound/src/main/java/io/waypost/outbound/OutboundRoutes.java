package io.waypost.outbound;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.outbound.smtp.HostAndPort;
import io.waypost.outbound.smtp.Peer;
import io.waypost.outbound.transmit.Way;
import java.util.Map;
import java.util.Optional;

/**
 * Which host takes mail for which domain.
 *
 * @param relay takes everything that has no route of its own
 * @param routes domain to host, for exactly that domain
 * @param relayLogin what to log in to the relay with
 */
public record OutboundRoutes(
        Optional<HostAndPort> relay, Map<Domain, HostAndPort> routes, Optional<Peer.Login> relayLogin) {

    public OutboundRoutes {
        routes = Map.copyOf(routes);
    }

    /** A relay that asks for no login. */
    public OutboundRoutes(Optional<HostAndPort> relay, Map<Domain, HostAndPort> routes) {
        this(relay, routes, Optional.empty());
    }

    /** How mail for a domain leaves. */
    public Way way(Domain domain) {
        HostAndPort route = routes.get(domain);
        if (route != null) {
            return new Way.ToHost("route", route, Optional.empty());
        }
        return relay.<Way>map(host -> new Way.ToHost("relay", host, relayLogin))
                .orElseGet(() -> new Way.ToExchangers(domain));
    }

    /** The host the operator named for a domain; nothing when its own exchangers get the mail. */
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
