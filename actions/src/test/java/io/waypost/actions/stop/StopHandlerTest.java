package io.waypost.actions.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.actions.Effects;
import io.waypost.config.text.Document;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.Disposition;
import io.waypost.message.Outcome;
import io.waypost.rules.Action.Flow;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopHandlerTest {

    private final StopHandler handler = new StopHandler();
    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource({"ruleSet, STOP_RULE_SET", "rule, STOP_RULE"})
    void stops_what_it_names(String word, Disposition disposition) {
        StopAction action = read(word).orElseThrow();

        assertThat(action.flow()).isEqualTo(new Flow.Stops(disposition));
        assertThat(action.destination()).isEmpty();
        assertThat(handler.perform(action, Effects.of("", action))).isEqualTo(new Outcome.Done(disposition, "stopped"));
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ruleset | 'stop': 'ruleset' is neither ruleSet nor rule; did you mean 'ruleSet'?",
                "all | 'stop': 'all' is neither ruleSet nor rule; known here: ruleSet, rule",
                "[rule] | a value is needed here, this is a list",
                "{ scope: RuleSet } | a value is needed here, this is a mapping",
            })
    void says_what_is_wrong(String yaml, String words) {
        assertThat(read(yaml)).isEmpty();
        assertThat(problems.toString()).isEqualTo("rules.yaml:1: " + words);
    }

    @Test
    void cannot_mean_to_go_on() {
        assertThatThrownBy(() -> new StopAction(Disposition.CONTINUE)).isInstanceOf(IllegalArgumentException.class);
    }

    private Optional<StopAction> read(String yaml) {
        return handler.read(
                Document.read("rules.yaml", yaml, Substitution.NONE, problems).orElseThrow(), problems);
    }
}
