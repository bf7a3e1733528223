package io.waypost.rules.file;

import io.waypost.config.text.DataSize;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Nearest;
import io.waypost.config.text.Node;
import io.waypost.config.text.Place;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Units;
import io.waypost.message.Verdicts.Check;
import io.waypost.rules.match.Condition;
import io.waypost.rules.match.Network;
import io.waypost.rules.match.RecipientPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what stands behind {@code when} and {@code unless}. A part with a fault reads as ALWAYS; the file is not used then. */
final class ConditionReader {

    private static final List<String> KEYS = List.of(
            "all",
            "any",
            "not",
            "recipient",
            "sender",
            "header",
            "subject",
            "size",
            "client",
            "tls",
            "spf",
            "dkim",
            "dmarc",
            "arc",
            "spam",
            "virus",
            "dnsbl",
            "reverseName");
    private static final List<String> TLS_VERSIONS = List.of("TLSv1.2", "TLSv1.3");

    private final Problems problems;
    private final RecipientReader addresses;
    private final TextTestReader texts;
    private final VerdictReader verdicts;

    ConditionReader(Problems problems) {
        this.problems = problems;
        this.addresses = new RecipientReader(Optional.empty(), problems);
        this.texts = new TextTestReader(problems);
        this.verdicts = new VerdictReader(problems, texts);
    }

    /** A mapping: all of its entries must hold. */
    Condition read(Node node) {
        if (!(node instanceof Node.Mapping mapping)) {
            problems.add(
                    node.place(),
                    "a condition is a mapping such as { subject: { contains: invoice } }; for a list of them write all: [...] or any: [...]");
            return Condition.ALWAYS;
        }
        List<Condition> parts = new ArrayList<>();
        for (Map.Entry<String, Node> entry : mapping.entries().entrySet()) {
            Place place = mapping.keyPlaces().getOrDefault(entry.getKey(), mapping.place());
            parts.add(entry(entry.getKey(), place, entry.getValue()));
        }
        return switch (parts.size()) {
            case 0 -> empty(mapping.place());
            case 1 -> parts.getFirst();
            default -> new Condition.All(parts);
        };
    }

    private Condition entry(String key, Place place, Node value) {
        return switch (key) {
            case "all" -> new Condition.All(parts(key, value));
            case "any" -> new Condition.AnyOf(parts(key, value));
            case "not" -> new Condition.Not(read(value));
            case "recipient" -> negatable(value, this::recipient);
            case "sender" -> negatable(value, this::sender);
            case "client" -> negatable(value, this::client);
            case "tls" -> negatable(value, this::tls);
            case "header" -> header(value);
            case "subject" ->
                texts.value(value)
                        .<Condition>map(test -> new Condition.FieldIs("Subject", test))
                        .orElse(Condition.ALWAYS);
            case "size" -> size(value);
            case "spf" -> verdicts.verdict(Check.SPF, value);
            case "dkim" -> verdicts.verdict(Check.DKIM, value);
            case "dmarc" -> verdicts.verdict(Check.DMARC, value);
            case "arc" -> verdicts.verdict(Check.ARC, value);
            case "spam" -> verdicts.verdict(Check.SPAM, value);
            case "virus" -> verdicts.verdict(Check.VIRUS, value);
            case "dnsbl" -> negatable(value, verdicts::listed);
            case "reverseName" -> verdicts.reverseName(value);
            default -> unknown(key, place);
        };
    }

    private Condition unknown(String key, Place place) {
        if (key.equals("from")) {
            problems.add(
                    place,
                    "'from' is two things: the envelope sender is 'sender', the header field is 'header: { name: From, ... }'");
        } else {
            problems.add(place, "unknown condition '" + key + "'" + Nearest.hint(key, KEYS));
        }
        return Condition.ALWAYS;
    }

    private Condition empty(Place place) {
        problems.add(place, "a condition without an entry says nothing; leave it out");
        return Condition.ALWAYS;
    }

    private List<Condition> parts(String key, Node value) {
        if (!(value instanceof Node.Sequence sequence) || sequence.items().isEmpty()) {
            problems.add(value.place(), "'" + key + "' needs a list of conditions: " + key + ": [ { ... }, { ... } ]");
            return List.of();
        }
        return sequence.items().stream().map(this::read).toList();
    }

    // A text, a list of which one must fit, or { not: ... } around either.
    private Condition negatable(Node value, Function<Node, Condition> reader) {
        if (value instanceof Node.Mapping mapping) {
            Fields fields = mapping.fields(problems);
            Optional<Node> inner = fields.node("not");
            fields.finish();
            if (inner.isEmpty()) {
                problems.add(value.place(), "a value, a list of values or { not: ... } is needed here");
                return Condition.ALWAYS;
            }
            return new Condition.Not(negatable(inner.get(), reader));
        }
        if (value.items().isEmpty()) {
            problems.add(value.place(), "a value is needed here");
            return Condition.ALWAYS;
        }
        return reader.apply(value);
    }

    private Condition recipient(Node value) {
        return new Condition.RecipientIn(patterns(value.items()));
    }

    private Condition sender(Node value) {
        List<Node> named =
                value.items().stream().filter(item -> !isNullPath(item)).toList();
        return new Condition.SenderIn(
                patterns(named), named.size() < value.items().size());
    }

    private static boolean isNullPath(Node node) {
        return node instanceof Node.Scalar scalar && scalar.text().equals("<>");
    }

    private List<RecipientPattern> patterns(List<Node> items) {
        return items.stream().flatMap(item -> addresses.read(item).stream()).toList();
    }

    private Condition client(Node value) {
        List<Network> networks = new ArrayList<>();
        for (Node item : value.items()) {
            item.text(problems).ifPresent(text -> {
                try {
                    networks.add(Network.of(text));
                } catch (IllegalArgumentException e) {
                    problems.add(item.place(), String.valueOf(e.getMessage()));
                }
            });
        }
        return new Condition.ClientIn(networks);
    }

    private Condition tls(Node value) {
        if (value instanceof Node.Scalar scalar && !scalar.text().startsWith("TLS")) {
            try {
                Condition encrypted = new Condition.Encrypted(Set.of());
                return Units.flag(scalar.text()) ? encrypted : new Condition.Not(encrypted);
            } catch (IllegalArgumentException e) {
                problems.add(value.place(), "'tls' is true, false, or one of " + String.join(", ", TLS_VERSIONS));
                return Condition.ALWAYS;
            }
        }
        List<String> versions = value.items().stream()
                .flatMap(item -> item.text(problems).stream())
                .toList();
        for (String version : versions) {
            if (!TLS_VERSIONS.contains(version)) {
                problems.add(
                        value.place(), "unknown TLS version '" + version + "'" + Nearest.hint(version, TLS_VERSIONS));
            }
        }
        return new Condition.Encrypted(Set.copyOf(versions));
    }

    private Condition header(Node value) {
        if (value instanceof Node.Sequence sequence && !sequence.items().isEmpty()) {
            return new Condition.AnyOf(
                    sequence.items().stream().map(this::header).toList());
        }
        Fields fields = value.fields(problems);
        String name = fields.required("name");
        if (name.chars().anyMatch(c -> c <= ' ' || c > 126 || c == ':')) {
            problems.add(fields.placeOf("name"), "'" + name + "' is no header field name (RFC 5322 3.6.8)");
        }
        boolean existence = fields.has("exists");
        boolean exists = fields.flag("exists", true);
        var test = texts.tests(fields);
        fields.finish();
        if (existence == test.isPresent()) {
            problems.add(
                    value.place(),
                    existence
                            ? "'exists' stands alone; the other tests need the field to exist anyway"
                            : "a header condition needs one of equals, contains, matches, exists, not");
        }
        if (test.isPresent()) {
            return new Condition.FieldIs(name, test.get());
        }
        Condition field = new Condition.FieldExists(name);
        return exists ? field : new Condition.Not(field);
    }

    private Condition size(Node value) {
        if (!(value instanceof Node.Mapping)) {
            problems.add(value.place(), "'size' needs { above: 10MB } or { below: 10MB } or both");
            return Condition.ALWAYS;
        }
        Fields fields = value.fields(problems);
        Optional<DataSize> above = fields.value("above", DataSize::of);
        Optional<DataSize> below = fields.value("below", DataSize::of);
        if (!fields.has("above") && !fields.has("below")) {
            problems.add(value.place(), "'size' needs { above: 10MB } or { below: 10MB } or both");
        }
        fields.finish();
        List<Condition> parts = new ArrayList<>();
        above.ifPresent(size -> parts.add(new Condition.SizeAbove(size)));
        below.ifPresent(size -> parts.add(new Condition.SizeBelow(size)));
        return parts.size() == 1 ? parts.getFirst() : new Condition.All(parts);
    }
}
