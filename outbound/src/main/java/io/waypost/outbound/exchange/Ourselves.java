package io.waypost.outbound.exchange;

import io.waypost.message.Domain;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How this server recognizes itself among exchangers (RFC 5321 5.1).
 *
 * @param hostname its name
 * @param listeners where it listens; a wildcard address stands for all addresses of the machine
 * @param receives whether it takes mail for a domain: such mail may come back to it, and be received
 */
public record Ourselves(String hostname, Set<InetSocketAddress> listeners, Predicate<Domain> receives) {

    public Ourselves {
        hostname = hostname.toLowerCase(Locale.ROOT);
        listeners = Set.copyOf(listeners);
    }

    /**
     * Those listeners with the wildcard address put out in full.
     *
     * @param listeners resolved
     */
    public static Ourselves listeningOn(String hostname, List<InetSocketAddress> listeners, Predicate<Domain> receives)
            throws SocketException {
        Set<InetSocketAddress> all = new HashSet<>();
        for (InetSocketAddress listener : listeners) {
            if (listener.getAddress().isAnyLocalAddress()) {
                NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .forEach(address -> all.add(new InetSocketAddress(plain(address), listener.getPort())));
            } else {
                all.add(listener);
            }
        }
        return new Ourselves(hostname, all, receives);
    }

    boolean isNamed(String host) {
        return host.equals(hostname);
    }

    boolean isAt(InetAddress address, int port) {
        return listeners.contains(new InetSocketAddress(address, port));
    }

    // Without the interface (fe80::1%eth0), as DNS has addresses.
    private static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 octets", e);
        }
    }
}
