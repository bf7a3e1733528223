package io.waypost.api;

import io.waypost.config.CidrBlock;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the client behind proxies that the operator named. Each proxy adds the address it was asked from to {@code X-Forwarded-For};
 * whatever stands before the first address that no named proxy vouches for may be written by anybody, and is not believed.
 */
public final class ForwardedFor {

    /** Nobody's word is believed. */
    public static final ForwardedFor NOBODY = new ForwardedFor(List.of());

    // As proxies write it: 192.0.2.7, 192.0.2.7:4711, 2001:db8::7, [2001:db8::7]:4711.
    private static final Pattern ELEMENT = Pattern.compile("(?<v4>[0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?::[0-9]{1,5})?"
            + "|\\[(?<bracketed>[0-9A-Fa-f:.]{2,45})](?::[0-9]{1,5})?"
            + "|(?<v6>[0-9A-Fa-f]*:[0-9A-Fa-f:.]{1,44})");

    private final List<CidrBlock> proxies;

    /** @param proxies those who are believed */
    public ForwardedFor(List<CidrBlock> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(proxy -> proxy.contains(address));
    }

    /**
     * @param peer whose connection it is
     * @param fields the values of the header, in their order
     * @return the peer itself, unless it is a proxy that says more
     */
    InetAddress client(InetAddress peer, List<String> fields) {
        List<String> elements = new ArrayList<>();
        fields.forEach(field -> elements.addAll(List.of(field.split(",", -1))));
        InetAddress client = peer;
        for (String element : elements.reversed()) {
            Optional<InetAddress> before = isProxy(client) ? address(element.strip()) : Optional.empty();
            if (before.isEmpty()) {
                return client;
            }
            client = before.get();
        }
        return client;
    }

    private static Optional<InetAddress> address(String element) {
        Matcher parts = ELEMENT.matcher(element);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String literal = Stream.of("v4", "bracketed", "v6")
                .map(parts::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
