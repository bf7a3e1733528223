package io.waypost.actions.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.actions.Effects;
import io.waypost.actions.fields.RecordingNotices;
import io.waypost.config.text.Document;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.Disposition;
import io.waypost.message.Outcome;
import io.waypost.rules.Action.Flow;
import io.waypost.rules.Effect;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopHandlerTest {

    private final RecordingNotices notices = new RecordingNotices();
    private final StopHandler handler = new StopHandler(notices);
    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource({"ruleSet, STOP_RULE_SET", "rule, STOP_RULE", "'{ scope: rule }', STOP_RULE"})
    void stops_what_it_names(String word, Disposition disposition) throws Exception {
        StopAction action = read(word).orElseThrow();

        assertThat(action.flow()).isEqualTo(new Flow.Stops(disposition, false));
        assertThat(action.destination()).isEmpty();
        assertThat(handler.perform(action, Effects.of("", action))).isEqualTo(new Outcome.Done(disposition, "stopped"));
        assertThat(problems.all()).isEmpty();
        assertThat(notices.told).isEmpty();
    }

    @Test
    void a_topic_is_told() throws Exception {
        StopAction action = read("{ scope: ruleSet, topic: inbound }").orElseThrow();
        Effect effect = Effects.of("", action);

        assertThat(action.flow()).isEqualTo(new Flow.Stops(Disposition.STOP_RULE_SET, true));
        assertThat(action.destination()).isEqualTo("topic:inbound");
        assertThat(handler.perform(action, effect))
                .isEqualTo(new Outcome.Done(Disposition.STOP_RULE_SET, "stopped; told inbound"));
        assertThat(notices.told).containsExactly("inbound {type=Stop} " + effect.key());

        notices.answer = Outcome.retry("503");
        assertThat(handler.perform(action, effect)).isEqualTo(Outcome.retry("stopped; topic not told: 503"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ruleset | 'stop': 'ruleset' is neither ruleSet nor rule; did you mean 'ruleSet'?",
                "all | 'stop': 'all' is neither ruleSet nor rule; known here: ruleSet, rule",
                "[rule] | a value is needed here, this is a list",
                "{ scope: RuleSet } | 'scope': 'RuleSet' is neither ruleSet nor rule; did you mean 'ruleSet'?",
                "{ topic: inbound } | 'scope' is missing; it has no default",
                "{ scope: rule, topic: inbond } | 'topic': there is no topic 'inbond' in the server's file; did you mean 'inbound'?",
            })
    void says_what_is_wrong(String yaml, String words) {
        assertThat(read(yaml)).isEmpty();
        assertThat(problems.toString()).isEqualTo("rules.yaml:1: " + words);
    }

    @Test
    void cannot_mean_to_go_on() {
        assertThatThrownBy(() -> new StopAction(Disposition.CONTINUE, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Optional<StopAction> read(String yaml) {
        return handler.read(
                Document.read("rules.yaml", yaml, Substitution.NONE, problems).orElseThrow(), problems);
    }
}
