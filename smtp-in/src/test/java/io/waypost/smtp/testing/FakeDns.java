package io.waypost.smtp.testing;

import io.waypost.message.port.Dns;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** DNS from a table. Filled before it is asked; every question is written down. */
public class FakeDns implements Dns {

    /** Each question in its order, as {@code TYPE name}. */
    public final List<String> questions = new CopyOnWriteArrayList<>();

    private final Map<String, List<Object>> records = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> failing = new HashSet<>();

    public FakeDns a(String name, String... addresses) {
        for (String address : addresses) {
            InetAddress literal = InetAddress.ofLiteral(address);
            add(literal instanceof Inet4Address ? "A" : "AAAA", name, literal);
        }
        return this;
    }

    public FakeDns mx(String name, int preference, String exchange) {
        return add("MX", name, new Exchanger(preference, key(exchange)));
    }

    public FakeDns txt(String name, String... texts) {
        for (String text : texts) {
            add("TXT", name, text);
        }
        return this;
    }

    public FakeDns ptr(String address, String... names) {
        for (String name : names) {
            add("PTR", InetAddress.ofLiteral(address).getHostAddress(), key(name));
        }
        return this;
    }

    /** The name exists, with no record of its own. */
    public FakeDns exists(String name) {
        names.add(key(name));
        return this;
    }

    /** Every question about the name is answered as unknown. */
    public FakeDns failing(String name) {
        failing.add(key(name));
        return this;
    }

    private FakeDns add(String type, String name, Object record) {
        records.computeIfAbsent(type + " " + key(name), key -> new ArrayList<>())
                .add(record);
        names.add(key(name));
        return this;
    }

    @Override
    public Answer<InetAddress> addresses(String name, Family family) {
        return answer(family == Family.IPV4 ? "A" : "AAAA", name, InetAddress.class);
    }

    @Override
    public Answer<Exchanger> exchangers(String name) {
        return answer("MX", name, Exchanger.class);
    }

    @Override
    public Answer<String> texts(String name) {
        return answer("TXT", name, String.class);
    }

    @Override
    public Answer<String> names(InetAddress address) {
        return answer("PTR", address.getHostAddress(), String.class);
    }

    @Override
    public Answer<Tlsa> certificates(String name) {
        return answer("TLSA", name, Tlsa.class);
    }

    private <T> Answer<T> answer(String type, String name, Class<T> kind) {
        String key = key(name);
        questions.add(type + " " + key);
        if (failing.contains(key)) {
            return new Unknown<>("SERVFAIL");
        }
        List<Object> found = records.getOrDefault(type + " " + key, List.of());
        if (!found.isEmpty()) {
            return new Found<>(found.stream().map(kind::cast).toList(), false);
        }
        // A name above one that exists does exist (RFC 8020).
        return names.contains(key) || names.stream().anyMatch(known -> known.endsWith("." + key))
                ? new NoRecords<>()
                : new NoName<>();
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
