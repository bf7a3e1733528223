package io.waypost.actions.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.actions.Effects;
import io.waypost.config.text.Document;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.Outcome;
import io.waypost.rules.Action.Flow;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddHeaderHandlerTest {

    private final AddHeaderHandler handler = new AddHeaderHandler();
    private final Problems problems = new Problems();

    @Test
    void is_a_field_for_the_actions_behind_it() {
        AddHeaderAction action =
                read("{ name: X-Queue, value: 'tickets; p=1' }").orElseThrow();

        assertThat(action.flow()).isEqualTo(new Flow.AddsField("X-Queue", "tickets; p=1"));
        assertThat(action.destination()).isEmpty();
        assertThat(handler.perform(action, Effects.of("", action))).isEqualTo(Outcome.done("added X-Queue"));
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void takes_the_longest_name_and_value() {
        assertThat(read("{ name: " + "n".repeat(50) + ", value: " + "v".repeat(2047) + " }"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\\r\\nBcc: x@y.z\"",
                "\"a\\nb\"",
                "\"a\\rb\"",
                "\"tab\\there\"",
                "\"nul\\0\"",
                "grün",
                "\"line\\u2028end\""
            })
    void refuses_a_value_that_could_end_the_line(String value) {
        assertThat(read("{ name: X, value: " + value + " }")).isEmpty();
        assertThat(problems.toString())
                .isEqualTo("rules.yaml:1: 'value': a header's value is fewer than 2048 printable ASCII characters,"
                        + " without line ends");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ value: x } | 'name' is missing; it has no default",
                "{ name: X } | 'value' is missing; it has no default",
                "{ name: 'X Y', value: x } | 'name': a header's name is 1 to 50 letters, digits and hyphens",
                "{ name: 'X:', value: x } | 'name': a header's name is 1 to 50 letters, digits and hyphens",
                "{ name: X, valu: x } | unknown key 'valu'; did you mean 'value'?",
                "X | a mapping (name: value) is needed here, this is a value",
            })
    void says_what_is_wrong(String yaml, String words) {
        assertThat(read(yaml)).isEmpty();
        assertThat(problems.all())
                .anySatisfy(problem -> assertThat(problem.fault()).isEqualTo(words));
    }

    @Test
    void refuses_what_is_too_long() {
        assertThat(read("{ name: " + "n".repeat(51) + ", value: " + "v".repeat(2048) + " }"))
                .isEmpty();
        assertThat(problems.all()).hasSize(2);
    }

    private Optional<AddHeaderAction> read(String yaml) {
        return handler.read(
                Document.read("rules.yaml", yaml, Substitution.NONE, problems).orElseThrow(), problems);
    }
}
