package io.waypost.actions.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.actions.Effects;
import io.waypost.config.text.Document;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rule file may say of mailets, and when those it names begin and end. */
class MailetReadingTest {

    @AutoClose
    private RiggedMailets mailets;

    @BeforeEach
    void open(@TempDir Path temporary) {
        mailets = new RiggedMailets(temporary);
    }

    @Test
    void is_begun_once_for_each_set_of_parameters_and_ended_when_no_rule_names_it() throws Exception {
        OwnMailets.Counting.begun.set(0);
        OwnMailets.Counting.ended.set(0);
        MailetAction one = mailets.read(OwnMailets.Counting.class.getName(), Map.of("n", "1"));
        mailets.read(OwnMailets.Counting.class.getName(), Map.of("n", "1"));
        MailetAction two = mailets.read(OwnMailets.Counting.class.getName(), Map.of("n", "2"));
        mailets.handler.perform(one, Effects.of(RiggedMailets.PLAIN, one));
        assertThat(OwnMailets.Counting.begun).hasValue(2);

        mailets.handler.retain(List.of(two));
        assertThat(OwnMailets.Counting.ended).hasValue(1);

        // A mail that was accepted under the older rule set.
        mailets.handler.perform(one, Effects.of(RiggedMailets.PLAIN, one));
        assertThat(OwnMailets.Counting.begun).hasValue(3);

        mailets.handler.close();
        assertThat(OwnMailets.Counting.ended).hasValue(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ parameters: { a: b } } | 'class' is missing; it has no default",
                "{ class: AddSubjectPrefx } | 'class': there is no mailet class org.apache.james.transport.mailets.AddSubjectPrefx on the class path",
                "{ class: java.lang.String } | 'class': java.lang.String is a class, but no mailet",
                "{ class: AddSubjectPrefix } | 'class': org.apache.james.transport.mailets.AddSubjectPrefix does not take these parameters: ",
                "{ class: Null, parameters: [a] } | a mapping (name: value) is needed here, this is a list",
                "{ class: Null, paramters: {} } | unknown key 'paramters'; did you mean 'parameters'?",
            })
    void says_what_is_wrong(String yaml, String words) {
        Problems problems = new Problems();

        assertThat(mailets.handler.read(
                        Document.read("rules.yaml", yaml, Substitution.NONE, problems)
                                .orElseThrow(),
                        problems))
                .isEmpty();

        assertThat(problems.all())
                .anySatisfy(problem -> assertThat(problem.toString()).startsWith("rules.yaml:1: " + words));
    }

    @Test
    void a_mailet_that_needs_the_James_server_is_named() {
        Problems problems = new Problems();
        String yaml = "{ class: '" + OwnMailets.NeedsServer.class.getName() + "' }";

        mailets.handler.read(
                Document.read("rules.yaml", yaml, Substitution.NONE, problems).orElseThrow(), problems);

        assertThat(problems.toString()).contains("NeedsServer needs services of the James server");
    }
}
