package io.waypost.config;

import io.waypost.config.text.DataSize;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Place;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One mapping of the server's file while it is read: {@link Fields} that check bounds and leave what they read in the effective
 * configuration. Used by one thread.
 */
final class Section {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    private final Fields fields;
    private final String path;
    private final String documented;
    private final Effective effective;

    Section(Fields fields, Effective effective) {
        this(fields, "", "", effective);
    }

    private Section(Fields fields, String path, String documented, Effective effective) {
        this.fields = fields;
        this.path = path;
        this.documented = documented;
        this.effective = effective;
    }

    Problems problems() {
        return fields.problems();
    }

    boolean has(String key) {
        return fields.has(key);
    }

    Place placeOf(String key) {
        return fields.placeOf(key);
    }

    /** Where a key of the mapping below {@code key} stands. */
    Place placeOf(String key, String below) {
        return fields.fields(key).placeOf(below);
    }

    /** Reports a fault of one of the keys. */
    void fault(String key, String fault) {
        problems().add(placeOf(key), "'" + key + "': " + fault);
    }

    /** A value that must be there; nothing when it is not or is wrong, which is then reported. */
    <T> Optional<T> required(String key, Function<String, T> reader, Function<T, String> format) {
        if (!has(key)) {
            fields.required(key);
            return Optional.empty();
        }
        return optional(key, reader, format);
    }

    /** A value that may be missing. */
    <T> Optional<T> optional(String key, Function<String, T> reader, Function<T, String> format) {
        Optional<T> value = fields.value(key, reader);
        show(key, value.map(format).orElse("-"));
        return value;
    }

    /** A value with a default. */
    <T> T value(String key, T absent, Function<String, T> reader, Function<T, String> format) {
        T value = fields.value(key, absent, reader);
        show(key, format.apply(value));
        return value;
    }

    /** A list; empty when the key is missing. */
    <T> List<T> list(String key, List<T> absent, Function<String, T> reader, Function<T, String> format) {
        List<T> values = has(key) ? fields.values(key, reader) : absent;
        show(key, "[" + String.join(", ", values.stream().map(format).toList()) + "]");
        return values;
    }

    boolean isSecret(String key) {
        return fields.isSecret(key);
    }

    /** Something that is {@code on} or {@code off}. */
    boolean isOn(String key, boolean absent) {
        return value(key, absent, Units::flag, on -> on ? "on" : "off");
    }

    boolean flag(String key, boolean absent) {
        return value(key, absent, Units::flag, String::valueOf);
    }

    int number(String key, int absent, int least, int most) {
        return value(key, absent, text -> Units.number(text, least, most), String::valueOf);
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E absent) {
        E value = fields.choice(key, type, absent);
        show(key, Words.of(value));
        return value;
    }

    Duration duration(String key, Duration absent, Duration least, Duration most) {
        return value(
                key,
                absent,
                text -> {
                    Duration duration = Units.duration(text);
                    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                        throw new IllegalArgumentException(
                                "'" + text + "' is not from " + Words.of(least) + " to " + Words.of(most));
                    }
                    return duration;
                },
                Words::of);
    }

    DataSize size(String key, DataSize absent, DataSize least, DataSize most) {
        return value(
                key,
                absent,
                text -> {
                    DataSize size = DataSize.of(text);
                    if (size.bytes() < least.bytes() || size.bytes() > most.bytes()) {
                        throw new IllegalArgumentException("'" + text + "' is not from " + least + " to " + most);
                    }
                    return size;
                },
                DataSize::toString);
    }

    /** A mapping within this one; empty when the key is missing. */
    Section section(String key) {
        return below(fields.fields(key), key, key);
    }

    /** The same; a single value in its place stands for one key of it. */
    Section section(String key, String shorthand) {
        return fields.node(key)
                .map(node -> below(longhand(node, shorthand).fields(problems()), key, key))
                .orElseGet(() -> section(key));
    }

    /** The mappings of a list. */
    List<Section> sections(String key) {
        return sections(key, Function.identity());
    }

    /** The mappings of a list; a single value in the place of one stands for one key of it. */
    List<Section> sections(String key, String shorthand) {
        return sections(key, item -> longhand(item, shorthand));
    }

    private List<Section> sections(String key, Function<Node, Node> mapping) {
        List<Section> sections = new ArrayList<>();
        for (Node item : fields.items(key)) {
            Fields nested = mapping.apply(item).fields(problems());
            sections.add(below(nested, key + "[" + sections.size() + "]", key + "[]"));
        }
        return sections;
    }

    private static Node longhand(Node node, String key) {
        return node instanceof Node.Scalar scalar
                ? new Node.Mapping(node.place(), Map.of(key, scalar), Map.of(key, node.place()))
                : node;
    }

    /** The first item of a list that the file does not have, with one key given and the others at their defaults. */
    Section having(String list, String key, String value) {
        Node item = longhand(new Node.Scalar(fields.place(), value, true, false), key);
        return below(item.fields(problems()), list + "[0]", list + "[]");
    }

    /** Shows a key that is not given and has no default. */
    <T> Optional<T> none(String key) {
        show(key, "-");
        return Optional.empty();
    }

    /**
     * A mapping whose keys are names that the operator chooses, each with a mapping or a list of mappings ({@code []} behind the
     * documented name) as its value.
     */
    Map<String, List<Section>> named(String key, String documentedName) {
        Map<String, List<Section>> named = new LinkedHashMap<>();
        Fields names = fields.fields(key);
        names.all().forEach((name, node) -> {
            if (!checkName(key, name, names.placeOf(name))) {
                return;
            }
            List<Section> items = new ArrayList<>();
            for (Node item : documentedName.endsWith("[]") ? node.items() : List.of(node)) {
                String index = documentedName.endsWith("[]") ? "[" + items.size() + "]" : "";
                items.add(below(item.fields(problems()), key + "." + name + index, key + "." + documentedName));
            }
            named.put(name, items);
        });
        return named;
    }

    /** A mapping from chosen keys, each checked by {@code keyReader}, to single values. */
    <T> Map<String, T> map(
            String key,
            String documentedName,
            Function<String, String> keyReader,
            Function<String, T> reader,
            Function<T, String> format) {
        Map<String, T> map = new LinkedHashMap<>();
        Fields names = fields.fields(key);
        names.all().keySet().forEach(name -> {
            Optional<T> value = names.value(name, reader);
            if (!names.has(name)) {
                problems().add(names.placeOf(name), "'" + name + "' has no value");
            }
            try {
                String read = keyReader.apply(name);
                value.ifPresent(present -> {
                    map.put(read, present);
                    effective.add(
                            path + key + "." + read,
                            documented + key + "." + documentedName,
                            names.isSecret(name) ? "***" : format.apply(present));
                });
            } catch (IllegalArgumentException e) {
                problems().add(names.placeOf(name), String.valueOf(e.getMessage()));
            }
        });
        return map;
    }

    /** Reports every key that nothing read. Call it last. */
    void finish() {
        fields.finish();
    }

    /** A name that may stand in metrics, destinations and rule files. */
    static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is no name; use letters, digits, '_', '.' and '-', at most 64, a letter or digit first");
        }
        return text;
    }

    private boolean checkName(String key, String name, Place place) {
        try {
            name(name);
            return true;
        } catch (IllegalArgumentException e) {
            problems().add(place, "'" + key + "': " + e.getMessage());
            return false;
        }
    }

    private Section below(Fields nested, String key, String documentedKey) {
        return new Section(nested, path + key + ".", documented + documentedKey + ".", effective);
    }

    private void show(String key, String value) {
        effective.add(path + key, documented + key, fields.isSecret(key) ? "***" : value);
    }
}
