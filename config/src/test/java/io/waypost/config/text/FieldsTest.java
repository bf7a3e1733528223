package io.waypost.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {

    private enum Colour {
        DARK_RED,
        GREEN
    }

    private final Problems problems = new Problems();

    private Fields fields(String text) {
        return Document.read("f.yaml", text, new Substitution(Map.of("PASSWORD", "hunter2"), Path.of("")), problems)
                .orElseThrow()
                .fields(problems);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            wait: 5 m       | f.yaml:1: 'wait': '5 m' is not a duration; write a number and a unit: 250ms, 10s, 5m, 1h or 3d
            wait: 10        | '10' is not a duration
            wait: -5s       | '-5s' is not a duration
            wait: 9999999999s | is not a duration
            wait: [1s]      | f.yaml:1: a value is needed here, this is a list
            room: 40 MB     | 'room': '40 MB' is not a size; write a number and a unit: 512B, 64KB, 40MB or 2GB
            room: 40Mb      | '40Mb' is not a size
            room: 999999999999GB | is not a size
            many: 3.5       | '3.5' is not a whole number from 1 to 10
            many: 11        | '11' is not a whole number from 1 to 10
            many: 99999999999 | is not a whole number from 1 to 10
            fine: maybe     | 'fine': 'maybe' is neither true nor false
            tint: gren      | 'gren' is not one of dark-red, green; did you mean 'green'?
            tint: blue      | 'blue' is not one of dark-red, green
            name: {a: b}    | a value is needed here, this is a mapping
            wiat: 5s        | unknown key 'wiat'; did you mean 'wait'?
            unrelated: 5s   | unknown key 'unrelated'; known here: wait, room, many, fine, tint, name
            """)
    void aWrongValueIsNamedWithWhatWouldBeRight(String text, String expected) {
        Fields fields = fields(text);
        assertThat(fields.duration("wait", Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
        assertThat(fields.size("room", DataSize.ofMegabytes(1))).isEqualTo(DataSize.ofMegabytes(1));
        assertThat(fields.number("many", 7, 1, 10)).isEqualTo(7);
        assertThat(fields.flag("fine", true)).isTrue();
        assertThat(fields.choice("tint", Colour.class, Colour.DARK_RED)).isEqualTo(Colour.DARK_RED);
        assertThat(fields.text("name", "x")).isEqualTo("x");
        fields.finish();

        assertThat(problems.all()).singleElement().asString().contains(expected);
    }

    @Test
    void rightValuesAreReadInAllTheirForms() {
        Fields fields = fields("a: 250ms\nb: 64KB\nc: 10\nd: off\ne: darkRed\nf: Dark_Red\ng: one\nh: [1, 2]\n");

        assertThat(fields.duration("a", Duration.ZERO)).isEqualTo(Duration.ofMillis(250));
        assertThat(fields.size("b", new DataSize(0))).isEqualTo(new DataSize(64_000));
        assertThat(fields.number("c", 1, 1, 10)).isEqualTo(10);
        assertThat(fields.flag("d", true)).isFalse();
        assertThat(fields.choice("e", Colour.class, Colour.GREEN)).isEqualTo(Colour.DARK_RED);
        assertThat(fields.choice("f", Colour.class, Colour.GREEN)).isEqualTo(Colour.DARK_RED);
        assertThat(fields.texts("g")).containsExactly("one");
        assertThat(fields.texts("h")).containsExactly("1", "2");
        fields.finish();
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            other: 1 | 'key' is missing; it has no default
            key:     | 'key' is empty; it has no default
            key: [a] | a value is needed here, this is a list
            key: ${NONE} | ${NONE}: there is no environment variable of that name
            """)
    void aRequiredValueIsMissedOnce(String text, String expected) {
        Fields fields = fields(text);
        fields.text("other");

        assertThat(fields.required("key")).isEmpty();

        assertThat(problems.all()).singleElement().asString().contains(expected);
    }

    @Test
    void aValueFromTheEnvironmentIsNeverRepeatedInAFault() {
        Fields fields = fields("a: ${PASSWORD}\nb: x${PASSWORD}y\nc: [1, '${PASSWORD}']\nd: ${PASSWORD}\n");
        Consumer<String> url = name -> fields.value(name, text -> {
            throw new IllegalArgumentException("Illegal character in " + text);
        });

        fields.duration("a", Duration.ZERO);
        fields.number("b", 1, 1, 2);
        fields.values("c", Units::flag);
        url.accept("d");

        assertThat(problems.all()).hasSize(5);
        assertThat(problems.toString())
                .doesNotContain("hunter2")
                .contains("'a': the value from the environment or a file is not a duration; write a number")
                .contains("'d': the value from the environment or a file cannot be used here");
        assertThat(fields.node("a").orElseThrow().toString()).doesNotContain("hunter2");
        assertThat(fields.isSecret("c")).isTrue();
    }

    @Test
    void aWrongKindIsNamedAndReadAsEmpty() {
        Fields fields = fields("a: text\nb: [1]\n");

        fields.fields("a").finish();
        fields.fields("b").finish();
        fields.fields("c").finish();

        assertThat(problems.toString())
                .isEqualTo("f.yaml:1: a mapping (name: value) is needed here, this is a value\n"
                        + "f.yaml:2: a mapping (name: value) is needed here, this is a list");
    }

    @ParameterizedTest
    @CsvSource({"0,0B", "1,1B", "1000,1KB", "1500,1500B", "40000000,40MB", "2000000000,2GB", "1000001,1000001B"})
    void aSizeIsWrittenAsItIsRead(long bytes, String text) {
        assertThat(new DataSize(bytes)).hasToString(text);
        assertThat(DataSize.of(text)).isEqualTo(new DataSize(bytes));
    }
}
