package io.waypost.rules.match;

import io.waypost.rules.pattern.LinearPattern;
import java.util.List;
import java.util.Locale;

/** A test on the values of the fields of one name. It is only asked when there is at least one such field. */
public sealed interface TextTest {

    /** One of the values is the text, letter case and blanks around it apart. */
    record Equal(String text) implements TextTest {}

    /** One of the values has the text in it, letter case apart. */
    record Contain(String text) implements TextTest {}

    /** The expression is found in one of the values. */
    record Match(LinearPattern pattern) implements TextTest {}

    /** The test fails: for {@link Equal}, no value is the text. */
    record No(TextTest test) implements TextTest {}

    record AnyOf(List<TextTest> tests) implements TextTest {
        public AnyOf {
            tests = List.copyOf(tests);
        }
    }

    record AllOf(List<TextTest> tests) implements TextTest {
        public AllOf {
            tests = List.copyOf(tests);
        }
    }

    default boolean holds(List<String> values) {
        return switch (this) {
            case Equal equal -> values.stream().anyMatch(value -> value.strip().equalsIgnoreCase(equal.text.strip()));
            case Contain contain ->
                values.stream().anyMatch(value -> value.toLowerCase(Locale.ROOT)
                        .contains(contain.text.toLowerCase(Locale.ROOT)));
            case Match match -> values.stream().anyMatch(match.pattern::isFoundIn);
            case No no -> !no.test.holds(values);
            case AnyOf any -> any.tests.stream().anyMatch(test -> test.holds(values));
            case AllOf all -> all.tests.stream().allMatch(test -> test.holds(values));
        };
    }
}
