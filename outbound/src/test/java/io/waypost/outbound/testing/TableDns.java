package io.waypost.outbound.testing;

import io.waypost.message.port.Dns;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** DNS from a table that may change while it is asked. A name is signed or not with all its records. */
public final class TableDns implements Dns {

    /** Each question in its order, as {@code TYPE name}. */
    public final List<String> questions = new CopyOnWriteArrayList<>();

    private final Map<String, List<Object>> records = new ConcurrentHashMap<>();
    private final Set<String> signed = ConcurrentHashMap.newKeySet();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    public TableDns a(String name, String... addresses) {
        for (String address : addresses) {
            InetAddress literal = InetAddress.ofLiteral(address);
            add(literal instanceof Inet4Address ? "A" : "AAAA", name, literal);
        }
        return this;
    }

    public TableDns mx(String name, int preference, String exchange) {
        return add("MX", name, new Exchanger(preference, exchange));
    }

    public TableDns txt(String name, String text) {
        return add("TXT", name, text);
    }

    /** The name's addresses are those of the target, and signed where both are. */
    public TableDns cname(String name, String target) {
        return add("CNAME", name, target);
    }

    public TableDns tlsa(String name, Tlsa record) {
        return add("TLSA", name, record);
    }

    /** Answers about these names are authenticated. */
    public TableDns signed(String... names) {
        signed.addAll(List.of(names));
        return this;
    }

    /** Questions about the name, or of {@code TYPE name}, find no answer. */
    public TableDns failing(String question) {
        failing.add(question);
        return this;
    }

    public void clear() {
        records.clear();
        failing.clear();
    }

    private TableDns add(String type, String name, Object record) {
        records.computeIfAbsent(type + " " + name, key -> new CopyOnWriteArrayList<>())
                .add(record);
        return this;
    }

    @Override
    public Answer<InetAddress> addresses(String name, Family family) {
        String type = family == Family.IPV4 ? "A" : "AAAA";
        List<Object> alias = records.getOrDefault("CNAME " + name, List.of());
        if (alias.isEmpty()) {
            return answer(type, name, InetAddress.class);
        }
        Answer<InetAddress> answer = addresses((String) alias.getFirst(), family);
        return answer instanceof Found<InetAddress>(List<InetAddress> found, boolean by)
                ? new Found<>(found, by && signed.contains(name))
                : answer;
    }

    @Override
    public Answer<String> alias(String name) {
        return answer("CNAME", name, String.class);
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
        throw new AssertionError("nobody needs the name of " + address);
    }

    @Override
    public Answer<Tlsa> certificates(String name) {
        return answer("TLSA", name, Tlsa.class);
    }

    private <T> Answer<T> answer(String type, String name, Class<T> kind) {
        questions.add(type + " " + name);
        if (failing.contains(name) || failing.contains(type + " " + name)) {
            return new Unknown<>("SERVFAIL");
        }
        List<Object> found = records.getOrDefault(type + " " + name, List.of());
        if (!found.isEmpty()) {
            return new Found<>(found.stream().map(kind::cast).toList(), signed.contains(name));
        }
        Set<String> names = new HashSet<>();
        new ArrayList<>(records.keySet()).forEach(key -> names.add(key.substring(key.indexOf(' ') + 1)));
        return names.stream().anyMatch(known -> known.equals(name) || known.endsWith("." + name))
                ? new NoRecords<>()
                : new NoName<>();
    }
}
