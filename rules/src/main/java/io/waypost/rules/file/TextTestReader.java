package io.waypost.rules.file;

import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.rules.match.TextTest;
import io.waypost.rules.pattern.LinearPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads tests on texts: a text, a list of which one must fit, or a mapping of equals, contains, matches, not. */
record TextTestReader(Problems problems) {

    /** A text (equals), a list (any of), or a mapping (all of its tests). */
    Optional<TextTest> value(Node node) {
        if (!(node instanceof Node.Mapping)) {
            return anyOf(node, TextTest.Equal::new);
        }
        Fields fields = node.fields(problems);
        Optional<TextTest> test = tests(fields);
        fields.finish();
        if (test.isEmpty()) {
            problems.add(node.place(), "one of equals, contains, matches, not is needed here");
        }
        return test;
    }

    /** The tests among the fields of a mapping; nothing when there is none. All of them must hold. */
    Optional<TextTest> tests(Fields fields) {
        List<TextTest> tests = new ArrayList<>();
        fields.node("equals").flatMap(node -> anyOf(node, TextTest.Equal::new)).ifPresent(tests::add);
        fields.node("contains")
                .flatMap(node -> anyOf(node, TextTest.Contain::new))
                .ifPresent(tests::add);
        fields.node("matches")
                .flatMap(node -> anyOf(node, text -> new TextTest.Match(LinearPattern.of(text))))
                .ifPresent(tests::add);
        fields.node("not").flatMap(this::value).map(TextTest.No::new).ifPresent(tests::add);
        return switch (tests.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(tests.getFirst());
            default -> Optional.of(new TextTest.AllOf(tests));
        };
    }

    private Optional<TextTest> anyOf(Node node, Function<String, TextTest> reader) {
        List<TextTest> tests = new ArrayList<>();
        for (Node item : node.items()) {
            item.text(problems).ifPresent(text -> {
                try {
                    tests.add(reader.apply(text));
                } catch (IllegalArgumentException e) {
                    problems.add(item.place(), "'" + text + "': " + e.getMessage());
                }
            });
        }
        if (node.items().isEmpty()) {
            problems.add(node.place(), "a value is needed here");
        }
        return switch (tests.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(tests.getFirst());
            default -> Optional.of(new TextTest.AnyOf(tests));
        };
    }
}
