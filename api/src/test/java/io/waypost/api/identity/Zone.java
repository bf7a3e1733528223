package io.waypost.api.identity;

import io.waypost.message.port.Dns;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** DNS whose records come and go. */
public final class Zone implements Dns {

    /** Each question in its order, as {@code TYPE name}. */
    public final List<String> questions = new CopyOnWriteArrayList<>();

    private final Map<String, List<Object>> records = new ConcurrentHashMap<>();
    private volatile boolean silent;

    public Zone txt(String name, String... texts) {
        records.put("TXT " + name, List.of((Object[]) texts));
        return this;
    }

    public Zone mx(String name, String... exchanges) {
        records.put(
                "MX " + name,
                List.of(Arrays.stream(exchanges)
                        .map(exchange -> new Exchanger(10, exchange))
                        .toArray()));
        return this;
    }

    public Zone address(String name, String literal) {
        InetAddress address = InetAddress.ofLiteral(literal);
        records.put((address instanceof Inet4Address ? "A " : "AAAA ") + name, List.of(address));
        return this;
    }

    /** Publishes all that an identity needs. */
    public Zone publish(List<DnsRecord> wanted) {
        for (DnsRecord record : wanted) {
            switch (record.type()) {
                case TXT -> txt(record.name(), record.value());
                case MX -> mx(record.name(), record.value().substring("10 ".length()));
            }
        }
        return this;
    }

    public Zone remove(String name) {
        records.keySet().removeIf(key -> key.endsWith(" " + name));
        return this;
    }

    public void clear() {
        records.clear();
    }

    public void silent(boolean it) {
        silent = it;
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
        throw new AssertionError("nobody needs the name of an address");
    }

    @Override
    public Answer<Tlsa> certificates(String name) {
        throw new AssertionError("nobody needs the certificates of " + name);
    }

    private <T> Answer<T> answer(String type, String name, Class<T> kind) {
        questions.add(type + " " + name);
        if (silent) {
            return new Unknown<>("no answer");
        }
        List<Object> found = records.get(type + " " + name);
        if (found != null) {
            return new Found<>(found.stream().map(kind::cast).toList(), false);
        }
        return records.keySet().stream().anyMatch(key -> key.endsWith(" " + name)) ? new NoRecords<>() : new NoName<>();
    }
}
