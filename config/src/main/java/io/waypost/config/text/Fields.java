package io.waypost.config.text;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the fields of one mapping by name. Every getter remembers the name it was asked for, so that {@link #finish} can name
 * each key that nobody knows together with the nearest known one. A getter that finds a fault reports it and answers the
 * default, so that all faults come at once.
 */
public final class Fields {

    private final Node.Mapping mapping;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(Node.Mapping mapping, Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    public Place place() {
        return mapping.place();
    }

    public Problems problems() {
        return problems;
    }

    /** Names of all keys present, in order; reading them this way makes every key known. For mappings with free names. */
    public Map<String, Node> all() {
        known.addAll(mapping.entries().keySet());
        return new LinkedHashMap<>(mapping.entries());
    }

    /** Where the key stands, or the mapping itself when it is absent. */
    public Place placeOf(String name) {
        Place place = mapping.keyPlaces().get(name);
        return place == null ? mapping.place() : place;
    }

    /** The value, when present and not null. */
    public Optional<Node> node(String name) {
        known.add(name);
        Node node = mapping.entries().get(name);
        return node == null || (node instanceof Node.Scalar scalar && scalar.isNull())
                ? Optional.empty()
                : Optional.of(node);
    }

    public boolean has(String name) {
        return node(name).isPresent();
    }

    /** Whether the value, or one item of the list, came from the environment or a file: then it must not be shown. */
    public boolean isSecret(String name) {
        return items(name).stream().anyMatch(item -> item instanceof Node.Scalar scalar && scalar.secret());
    }

    /** The fields of a nested mapping; empty ones when absent. */
    public Fields fields(String name) {
        return node(name)
                .map(node -> node.fields(problems))
                .orElseGet(() -> new Fields(new Node.Mapping(mapping.place(), Map.of(), Map.of()), problems));
    }

    public List<Node> items(String name) {
        return node(name).map(Node::items).orElse(List.of());
    }

    public Optional<String> text(String name) {
        return node(name).flatMap(node -> node.text(problems));
    }

    public String text(String name, String absent) {
        return text(name).orElse(absent);
    }

    /** A text that must be there. */
    public String required(String name) {
        Optional<Node> node = node(name);
        Node written = mapping.entries().get(name);
        if (written == null) {
            problems.add(mapping.place(), "'" + name + "' is missing; it has no default");
        } else if (node.isEmpty() && !problems.has(written.place())) {
            problems.add(placeOf(name), "'" + name + "' is empty; it has no default");
        }
        return node.flatMap(present -> present.text(problems)).orElse("");
    }

    public List<String> texts(String name) {
        return items(name).stream()
                .flatMap(node -> node.text(problems).stream())
                .toList();
    }

    /**
     * Reads a text with {@code reader}, whose IllegalArgumentException becomes a problem at this place. A value that came from the
     * environment or a file is not repeated in the problem.
     */
    public <T> Optional<T> value(String name, Function<String, T> reader) {
        return node(name).flatMap(node -> value(name, node, reader));
    }

    /** Reads the items of a list, each with {@code reader}; those with a fault are reported and left out. */
    public <T> List<T> values(String name, Function<String, T> reader) {
        return items(name).stream()
                .flatMap(item -> value(name, item, reader).stream())
                .toList();
    }

    private <T> Optional<T> value(String name, Node node, Function<String, T> reader) {
        return node.text(problems).flatMap(text -> {
            try {
                return Optional.of(reader.apply(text));
            } catch (IllegalArgumentException e) {
                boolean secret = node instanceof Node.Scalar scalar && scalar.secret();
                String fault = String.valueOf(e.getMessage());
                problems.add(node.place(), "'" + name + "': " + (secret ? withoutSecret(fault, text) : fault));
                return Optional.empty();
            }
        });
    }

    private static String withoutSecret(String fault, String text) {
        String value = "the value from the environment or a file";
        String said = fault.replace("'" + text + "'", value);
        return said.contains(text) ? value + " cannot be used here" : said;
    }

    public <T> T value(String name, T absent, Function<String, T> reader) {
        return value(name, reader).orElse(absent);
    }

    public boolean flag(String name, boolean absent) {
        return value(name, absent, Units::flag);
    }

    public int number(String name, int absent, int least, int most) {
        return value(name, absent, text -> Units.number(text, least, most));
    }

    public Duration duration(String name, Duration absent) {
        return value(name, absent, Units::duration);
    }

    public DataSize size(String name, DataSize absent) {
        return value(name, absent, DataSize::of);
    }

    /** One of an enum's names, written in any case, with - or nothing for _. */
    public <E extends Enum<E>> E choice(String name, Class<E> type, E absent) {
        return value(name, absent, text -> choose(text, type));
    }

    private static <E extends Enum<E>> E choose(String text, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (squeeze(constant.name()).equals(squeeze(text))) {
                return constant;
            }
        }
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        throw new IllegalArgumentException(
                "'" + text + "' is not one of " + String.join(", ", words) + Nearest.hint(text, words));
    }

    private static String squeeze(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Reports every key that no getter asked for. Call it last. */
    public void finish() {
        unknown().forEach(key -> problems.add(placeOf(key), "unknown key '" + key + "'" + Nearest.hint(key, known)));
    }

    /** The keys that no getter has asked for. */
    public Set<String> unknown() {
        Set<String> unknown = new LinkedHashSet<>(mapping.entries().keySet());
        unknown.removeAll(known);
        return unknown;
    }
}
