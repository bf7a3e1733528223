package io.waypost.rules.match;

import java.net.InetAddress;
import java.util.List;

/**
 * Which clients an account takes mail from (SES' receipt filters): all, but those of its blocks; what it allows is taken whatever is
 * blocked (SES contract 2.2).
 */
public record ClientFilter(List<Network> blocked, List<Network> allowed) {

    /** Takes everybody's mail. */
    public static final ClientFilter NONE = new ClientFilter(List.of(), List.of());

    public ClientFilter {
        blocked = List.copyOf(blocked);
        allowed = List.copyOf(allowed);
    }

    public boolean blocks(InetAddress client) {
        return contains(blocked, client) && !contains(allowed, client);
    }

    private static boolean contains(List<Network> networks, InetAddress client) {
        for (Network network : networks) {
            if (network.contains(client)) {
                return true;
            }
        }
        return false;
    }
}
