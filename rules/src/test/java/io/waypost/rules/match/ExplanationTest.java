package io.waypost.rules.match;

import static io.waypost.rules.Mails.compiled;
import static io.waypost.rules.Mails.conditional;
import static io.waypost.rules.Mails.disabled;
import static io.waypost.rules.Mails.requiringTls;
import static io.waypost.rules.Mails.rule;
import static io.waypost.rules.Mails.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.config.text.DataSize;
import io.waypost.message.Decision;
import io.waypost.message.Verdicts;
import io.waypost.rules.Mails;
import io.waypost.rules.TestAction;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    @Test
    void everyRuleSaysWhomItTookOrWhyNobody() throws IOException {
        Condition small = new Condition.SizeBelow(new DataSize(100));
        Condition fromBob = new Condition.SenderIn(List.of(RecipientPattern.of("bob.example")), true);
        Condition subject = new Condition.FieldIs("Subject", new TextTest.Contain("invoice"));
        CompiledRuleSet rules = compiled(
                disabled(rule("off", "", TestAction.keep("1"))),
                rule("elsewhere", "c@example.com", TestAction.keep("1")),
                requiringTls(rule("secret", "", TestAction.keep("1"))),
                conditional(
                        "strict",
                        "",
                        new Condition.All(List.of(subject, fromBob)),
                        Condition.NEVER,
                        TestAction.keep("1")),
                conditional(
                        "careful",
                        "",
                        Condition.ALWAYS,
                        new Condition.AnyOf(List.of(small, subject)),
                        TestAction.keep("1")),
                rule("no", "b@example.com", TestAction.reject()),
                rule("b", "b@example.com", TestAction.keep("1")),
                rule("a", "example.com", TestAction.keep("1"), TestAction.stop()),
                rule("late", "", TestAction.keep("1")));

        Explanation explanation = Explanation.of(
                rules,
                to("a@example.com", "b@example.com"),
                Verdicts.NONE,
                Mails.content("Subject: your invoice", "", "x".repeat(200)));

        assertThat(explanation.decision()).isInstanceOf(Decision.Accept.class);
        assertThat(explanation.rules())
                .extracting(Explanation.Answer::toString)
                .containsExactly(
                        "off: disabled",
                        "elsewhere: recipients: takes none of the mail's recipients",
                        "secret: tls: the session was not encrypted",
                        "strict: when: sender <>, bob.example: does not hold",
                        "careful: unless: header Subject contains 'invoice': holds",
                        "no: matches b@example.com",
                        "b: its recipients were refused by an earlier rule",
                        "a: matches a@example.com",
                        "late: not reached: the rule 'a' ends the rule set");
    }

    @Test
    void aLongConditionIsCutInTheTrace() {
        Condition many = new Condition.AnyOf(java.util.Collections.nCopies(
                100,
                new Condition.FieldIs(
                        "Subject", new TextTest.Match(io.waypost.rules.pattern.LinearPattern.of("a+b")))));
        assertThat(ConditionText.of(many)).hasSize(300).endsWith("...");
    }
}
