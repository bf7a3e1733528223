package io.waypost.message.host;

import io.waypost.message.port.Dns;
import io.waypost.message.port.Dns.Answer;
import io.waypost.message.port.Dns.Family;
import io.waypost.message.port.Dns.Unknown;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The addresses of a host that configuration names: a literal, {@code localhost} (RFC 6761 6.3), the hosts file, then DNS for IPv4 and
 * IPv6 at once. Safe for all threads; blocks as long as DNS does.
 */
public final class HostAddresses {

    private static final List<InetAddress> LOOPBACK =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    private final Dns dns;
    private final HostsFile hosts;

    public HostAddresses(Dns dns) {
        this(dns, Path.of("/etc/hosts"));
    }

    HostAddresses(Dns dns, Path hosts) {
        this.dns = dns;
        this.hosts = new HostsFile(hosts);
    }

    /**
     * Finds them.
     *
     * @param host a name or an address, an IPv6 address with or without brackets
     * @return at least one, IPv4 first
     * @throws UnknownHostException one line that says why there is none; trying again later may help
     */
    public List<InetAddress> of(String host) throws UnknownHostException {
        String name = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (name.indexOf(':') >= 0 || Character.isDigit(name.isEmpty() ? 'x' : name.charAt(name.length() - 1))) {
            try {
                return List.of(InetAddress.ofLiteral(name));
            } catch (IllegalArgumentException e) {
                // A name that ends in a digit.
            }
        }
        String lower = name.toLowerCase(Locale.ROOT);
        List<InetAddress> known = hosts.addresses(lower);
        if (!known.isEmpty()) {
            return known;
        }
        if (lower.equals("localhost") || lower.endsWith(".localhost")) {
            return LOOPBACK;
        }
        return fromDns(lower);
    }

    private List<InetAddress> fromDns(String name) throws UnknownHostException {
        FutureTask<Answer<InetAddress>> six = new FutureTask<>(() -> dns.addresses(name, Family.IPV6));
        Thread.ofVirtual().name("dns-ipv6").start(six);
        Answer<InetAddress> four = dns.addresses(name, Family.IPV4);
        List<InetAddress> found = new ArrayList<>(four.records());
        try {
            found.addAll(six.get().records());
            if (found.isEmpty()) {
                throw new UnknownHostException("the name " + name + " cannot be resolved" + reason(four, six.get()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("interrupted while the name " + name + " was resolved");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the port throws nothing", e);
        }
        return found;
    }

    private static String reason(Answer<InetAddress> four, Answer<InetAddress> six) {
        for (Answer<InetAddress> answer : List.of(four, six)) {
            if (answer instanceof Unknown<InetAddress>(String why)) {
                return ": " + why;
            }
        }
        return ": no such name";
    }
}
