package io.waypost.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where mail that leaves goes, and how.
 *
 * @param relay takes everything that has no route of its own; unresolved
 * @param relayLogin what to log in to the relay with
 * @param routes by recipient domain, lower case; unresolved
 * @param port where the exchangers of other domains listen
 * @param allowPrivate whether exchangers may lie in private networks
 * @param dane whether TLSA records count
 * @param mtaSts whether MTA-STS policies count
 * @param trust a PEM file with authorities that are believed beside those that come with Java
 * @param connections to one destination at once
 * @param idle how long a connection waits for another mail
 * @param mailsPerConnection how many mails one connection carries
 * @param destinations limits of their own, by recipient domain, lower case
 * @param pools source addresses by the pool's name
 */
public record OutboundSettings(
        Optional<InetSocketAddress> relay,
        Optional<Login> relayLogin,
        Map<String, InetSocketAddress> routes,
        int port,
        boolean allowPrivate,
        boolean dane,
        boolean mtaSts,
        Optional<Path> trust,
        int connections,
        Duration idle,
        int mailsPerConnection,
        Map<String, Destination> destinations,
        Map<String, List<Source>> pools) {

    /** A user of the relay. */
    public record Login(String user, Secret password) {}

    /**
     * What one domain may get.
     *
     * @param rate mails a second; empty for as many as go
     */
    public record Destination(int connections, OptionalDouble rate) {}

    /**
     * An address of a pool.
     *
     * @param hostname for EHLO; empty for the server's own
     * @param seenAs the address that the world sees instead, behind a translation of addresses
     * @param warmUp how much it may send while it is new
     */
    public record Source(
            InetAddress address, Optional<String> hostname, Optional<InetAddress> seenAs, Optional<WarmUp> warmUp) {}

    /**
     * The first days of an address.
     *
     * @param from the first day
     * @param recipients of the first day, the second and so on; empty for the usual table
     */
    public record WarmUp(LocalDate from, List<Integer> recipients) {
        public WarmUp {
            recipients = List.copyOf(recipients);
        }
    }

    public OutboundSettings {
        routes = Map.copyOf(routes);
        destinations = Map.copyOf(destinations);
        pools = Map.copyOf(pools);
    }
}
