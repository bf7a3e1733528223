package io.waypost.rules.file;

import io.waypost.config.text.Fields;
import io.waypost.config.text.Nearest;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Units;
import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts.Check;
import io.waypost.message.Verdicts.Dmarc.Policy;
import io.waypost.rules.match.Condition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads conditions on what the checks found. A part with a fault reads as ALWAYS; the file is not used then. */
record VerdictReader(Problems problems, TextTestReader texts) {

    /** A verdict, a list of which one must fit, {@code { not: ... }}, or a mapping of {@code status} and what the check tells besides. */
    Condition verdict(Check check, Node value) {
        if (!(value instanceof Node.Mapping)) {
            return new Condition.VerdictIs(check, choices(value, Status.class));
        }
        Fields fields = value.fields(problems);
        List<Condition> parts = new ArrayList<>();
        fields.node("not").map(node -> new Condition.Not(verdict(check, node))).ifPresent(parts::add);
        fields.node("status").map(node -> verdict(check, node)).ifPresent(parts::add);
        switch (check) {
            case DKIM -> fields.node("domain").map(this::signedBy).ifPresent(parts::add);
            case DMARC ->
                fields.node("policy")
                        .map(node -> new Condition.PolicyIs(choices(node, Policy.class)))
                        .ifPresent(parts::add);
            case SPAM -> fields.node("score").map(this::score).ifPresent(parts::add);
            case SPF, ARC, VIRUS -> {}
        }
        fields.finish();
        if (parts.isEmpty()) {
            problems.add(value.place(), "a verdict, a list of verdicts or { not: ... } is needed here");
            return Condition.ALWAYS;
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.All(parts);
    }

    private <E extends Enum<E>> Set<E> choices(Node value, Class<E> type) {
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        Set<E> chosen = EnumSet.noneOf(type);
        for (Node item : value.items()) {
            item.text(problems).ifPresent(text -> {
                String word = text.toUpperCase(Locale.ROOT).replace('-', '_');
                if (words.contains(word)) {
                    chosen.add(Enum.valueOf(type, word));
                } else {
                    problems.add(
                            item.place(),
                            "'" + text + "' is none of " + String.join(", ", words) + Nearest.hint(word, words));
                }
            });
        }
        if (value.items().isEmpty()) {
            problems.add(value.place(), "a value is needed here");
        }
        return chosen;
    }

    private Condition signedBy(Node value) {
        Set<String> domains = new HashSet<>();
        for (Node item : value.items()) {
            item.text(problems).ifPresent(text -> {
                if (text.isEmpty() || text.contains("@")) {
                    problems.add(item.place(), "'" + text + "' is no signing domain, such as example.com");
                }
                domains.add(text.toLowerCase(Locale.ROOT));
            });
        }
        return new Condition.SignedBy(domains);
    }

    private Condition score(Node value) {
        Fields fields = value.fields(problems);
        List<Condition> parts = new ArrayList<>();
        fields.value("above", VerdictReader::points)
                .map(Condition.ScoreAbove::new)
                .ifPresent(parts::add);
        fields.value("below", VerdictReader::points)
                .map(Condition.ScoreBelow::new)
                .ifPresent(parts::add);
        if (!fields.has("above") && !fields.has("below")) {
            problems.add(value.place(), "'score' needs { above: 10 } or { below: 10 } or both");
        }
        fields.finish();
        return parts.size() == 1 ? parts.getFirst() : new Condition.All(parts);
    }

    private static double points(String text) {
        if (!text.matches("-?\\d{1,4}(\\.\\d{1,3})?")) {
            throw new IllegalArgumentException("'" + text + "' is no score, such as 6 or 7.5");
        }
        return Double.parseDouble(text);
    }

    /** {@code true} for any list, {@code false} for none, or names of lists. */
    Condition listed(Node value) {
        if (value instanceof Node.Scalar scalar && List.of("true", "false").contains(scalar.text())) {
            Condition any = new Condition.Listed(Set.of());
            return Units.flag(scalar.text()) ? any : new Condition.Not(any);
        }
        Set<String> lists = new HashSet<>();
        for (Node item : value.items()) {
            item.text(problems).ifPresent(lists::add);
        }
        return new Condition.Listed(lists);
    }

    /** A test on the confirmed name, or {@code { exists: true | false }}. */
    Condition reverseName(Node value) {
        if (value instanceof Node.Mapping) {
            Fields fields = value.fields(problems);
            if (fields.has("exists")) {
                boolean exists = fields.flag("exists", true);
                fields.finish();
                return exists
                        ? new Condition.ReverseNameExists()
                        : new Condition.Not(new Condition.ReverseNameExists());
            }
        }
        Optional<Condition> test = texts.value(value).map(Condition.ReverseNameIs::new);
        return test.orElse(Condition.ALWAYS);
    }
}
