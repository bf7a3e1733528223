package io.waypost.outbound.transmit;

import io.waypost.message.Domain;
import io.waypost.outbound.smtp.HostAndPort;
import io.waypost.outbound.smtp.Peer;
import java.util.Optional;

/** How the mail for a domain leaves. */
public sealed interface Way {

    /** One word for figures. */
    String word();

    /** To a host that the operator named. */
    record ToHost(String word, HostAndPort host, Optional<Peer.Login> login) implements Way {}

    /** To the exchangers of the domain. */
    record ToExchangers(Domain domain) implements Way {
        @Override
        public String word() {
            return "mx";
        }
    }
}
