package io.waypost.outbound.exchange;

import io.waypost.message.Domain;
import io.waypost.message.StatusCode;
import io.waypost.message.host.PublicAddresses;
import io.waypost.message.port.Dns;
import io.waypost.message.port.Dns.Exchanger;
import java.net.IDN;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Finds the exchangers of a domain (RFC 5321 5.1): by preference, equal ones in random order, the domain's own address where it has no
 * MX. Safe for all threads; blocks as long as DNS does.
 */
public final class MailExchangers {

    /** Nobody needs more hosts; whoever has a thousand MX records makes nobody ask for a thousand addresses. */
    static final int MOST_HOSTS = 10;

    private static final StatusCode BAD_DOMAIN = new StatusCode(5, 1, 2);
    private static final StatusCode NULL_MX = new StatusCode(5, 1, 10);
    private static final StatusCode UNABLE_TO_ROUTE = new StatusCode(5, 4, 4);
    private static final StatusCode LOOP = new StatusCode(5, 4, 6);

    private final Dns dns;
    private final Ourselves ourselves;
    private final int port;
    private final boolean allowPrivate;
    private final RandomGenerator random;

    /**
     * @param port where exchangers listen: 25 in the world
     * @param allowPrivate whether addresses count that are not of the public internet
     * @param random for the order of equal preferences; safe for many threads
     */
    public MailExchangers(Dns dns, Ourselves ourselves, int port, boolean allowPrivate, RandomGenerator random) {
        this.dns = dns;
        this.ourselves = ourselves;
        this.port = port;
        this.allowPrivate = allowPrivate;
        this.random = random;
    }

    public Exchanges of(Domain domain) {
        if (domain.isLiteral()) {
            return literal(domain);
        }
        String name;
        try {
            // RFC 6531 3.2: DNS is asked with A-labels.
            name = IDN.toASCII(domain.name(), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return new Exchanges.Nobody(BAD_DOMAIN, "the domain " + domain + " cannot stand in DNS");
        }
        return switch (dns.exchangers(name)) {
            case Dns.Found<Exchanger>(List<Exchanger> records, boolean authenticated) ->
                fromRecords(domain, records, authenticated);
            // RFC 5321 5.1: the domain itself is its exchanger then.
            case Dns.NoRecords<Exchanger> none -> fromRecords(domain, List.of(new Exchanger(0, name)), true);
            case Dns.NoName<Exchanger> none -> new Exchanges.Nobody(BAD_DOMAIN, "there is no domain " + domain);
            case Dns.Unknown<Exchanger>(String reason) -> new Exchanges.Unknown(reason);
        };
    }

    // RFC 5321 4.1.3.
    private Exchanges literal(Domain domain) {
        String name = domain.name();
        String inner = name.endsWith("]") ? name.substring(1, name.length() - 1) : "";
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(inner.startsWith("ipv6:") ? inner.substring("ipv6:".length()) : inner);
        } catch (IllegalArgumentException e) {
            return new Exchanges.Nobody(BAD_DOMAIN, domain + " is not an address");
        }
        return chosen(
                domain, List.of(new Host(0, address.getHostAddress(), List.of(address), false, Optional.empty())));
    }

    private Exchanges fromRecords(Domain domain, List<Exchanger> records, boolean authenticated) {
        List<Exchanger> named = new ArrayList<>(
                records.stream().filter(record -> !record.exchange().isEmpty()).toList());
        if (named.isEmpty()) {
            // RFC 7505 3.
            return new Exchanges.Nobody(NULL_MX, "the domain " + domain + " does not accept mail");
        }
        Collections.shuffle(named, random);
        named.sort(Comparator.comparingInt(Exchanger::preference));
        return chosen(
                domain,
                named.stream()
                        .limit(MOST_HOSTS)
                        .map(exchanger -> host(exchanger, authenticated))
                        .toList());
    }

    /** @param fault why its addresses, or some of them, are not known now */
    private record Host(
            int preference, String name, List<InetAddress> addresses, boolean authenticated, Optional<String> fault) {}

    private Host host(Exchanger exchanger, boolean authenticated) {
        Dns.Answer<InetAddress> six = dns.addresses(exchanger.exchange(), Dns.Family.IPV6);
        Dns.Answer<InetAddress> four = dns.addresses(exchanger.exchange(), Dns.Family.IPV4);
        Optional<String> fault = fault(six).or(() -> fault(four));
        return new Host(
                exchanger.preference(),
                exchanger.exchange(),
                inTurn(six.records(), four.records()),
                authenticated
                        && (isAuthenticated(six) && isAuthenticated(four) || mayBeSecureAlias(exchanger.exchange())),
                fault);
    }

    private static Optional<String> fault(Dns.Answer<InetAddress> answer) {
        return answer instanceof Dns.Unknown<InetAddress>(String reason) ? Optional.of(reason) : Optional.empty();
    }

    // What does not exist needs nobody to vouch for it: only found addresses are connected to.
    private static boolean isAuthenticated(Dns.Answer<InetAddress> answer) {
        return !(answer instanceof Dns.Found<InetAddress>(List<InetAddress> records, boolean by)) || by;
    }

    /**
     * Whether the name's own zone is signed where that of its target is not: TLSA records of the name count then (RFC 7672 2.1.3). Who
     * keeps the answer from us must not gain by it.
     */
    private boolean mayBeSecureAlias(String name) {
        return switch (dns.alias(name)) {
            case Dns.Found<String> found -> found.authenticated();
            case Dns.Unknown<String> unknown -> true;
            default -> false;
        };
    }

    /** One of each family in turn: where one family does not work at all, the second try is of the other. */
    private List<InetAddress> inTurn(List<InetAddress> six, List<InetAddress> four) {
        List<InetAddress> sixes = new ArrayList<>(six);
        List<InetAddress> fours = new ArrayList<>(four);
        Collections.shuffle(sixes, random);
        Collections.shuffle(fours, random);
        List<InetAddress> all = new ArrayList<>();
        for (int i = 0; i < Math.max(sixes.size(), fours.size()); i++) {
            if (i < sixes.size()) {
                all.add(sixes.get(i));
            }
            if (i < fours.size()) {
                all.add(fours.get(i));
            }
        }
        return all;
    }

    private Exchanges chosen(Domain domain, List<Host> hosts) {
        boolean toOurselves = ourselves.receives().test(domain);
        int ours = toOurselves
                ? Integer.MAX_VALUE
                : hosts.stream()
                        .filter(this::isOurselves)
                        .mapToInt(Host::preference)
                        .min()
                        .orElse(Integer.MAX_VALUE);
        // RFC 5321 5.1: what is not preferred to ourselves would send the mail back to us.
        List<Host> before =
                hosts.stream().filter(host -> host.preference() < ours).toList();
        if (before.isEmpty()) {
            return new Exchanges.Nobody(LOOP, "the mail for " + domain + " would come back to this server");
        }
        List<Exchange> found = new ArrayList<>();
        Set<InetAddress> known = new HashSet<>();
        boolean refused = false;
        for (Host host : before) {
            for (InetAddress address : host.addresses()) {
                if (!allowPrivate
                        && !PublicAddresses.isPublic(address)
                        && !(toOurselves && ourselves.isAt(address, port))) {
                    refused = true;
                } else if (known.add(address)) {
                    found.add(new Exchange(host.name(), address, port, host.authenticated()));
                }
            }
        }
        if (!found.isEmpty()) {
            return new Exchanges.Found(found);
        }
        for (Host host : before) {
            if (host.fault().isPresent()) {
                return new Exchanges.Unknown(host.fault().get());
            }
        }
        String names =
                String.join(", ", before.stream().map(Host::name).limit(3).toList());
        return new Exchanges.Nobody(
                UNABLE_TO_ROUTE,
                refused
                        ? names + " has no address in the public internet"
                        : "the exchangers of " + domain + " have no address: " + names);
    }

    private boolean isOurselves(Host host) {
        return ourselves.isNamed(host.name())
                || host.addresses().stream().anyMatch(address -> ourselves.isAt(address, port));
    }
}
