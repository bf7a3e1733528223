package io.waypost.rules.match;

import static io.waypost.rules.Mails.compiled;
import static io.waypost.rules.Mails.conditional;
import static io.waypost.rules.Mails.disabled;
import static io.waypost.rules.Mails.requiringTls;
import static io.waypost.rules.Mails.rule;
import static io.waypost.rules.Mails.to;
import static io.waypost.rules.Mails.unread;
import static io.waypost.rules.TestAction.ask;
import static io.waypost.rules.TestAction.bounce;
import static io.waypost.rules.TestAction.keep;
import static io.waypost.rules.TestAction.mark;
import static io.waypost.rules.TestAction.reject;
import static io.waypost.rules.TestAction.stop;
import static io.waypost.rules.TestAction.stopRule;
import static io.waypost.rules.TestAction.tellingStop;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.config.text.DataSize;
import io.waypost.message.Decision;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Plan;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.Verdicts;
import io.waypost.rules.Mails;
import io.waypost.rules.TestAction;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table of docs/rules.md, row by row. */
class DecisionTableTest {

    private static final Condition SMALL = new Condition.SizeBelow(new DataSize(100));
    private static final Condition LARGE = new Condition.SizeAbove(new DataSize(100));

    @Test
    void everyMatchingRuleGetsARunInOrderWithExactlyTheRecipientsItMatched() throws IOException {
        Plan plan = accepted(
                compiled(
                        rule("all", "", keep("1")),
                        rule("a", "a@example.com", keep("2")),
                        rule("none", "c@example.com", keep("3")),
                        rule("both", "b@example.com example.com", keep("4"))),
                to("a+x@example.com", "b@example.com", "c@example.org"));

        assertThat(plan.runs())
                .extracting(DecisionTableTest::told)
                .containsExactly(
                        "all [a+x@example.com, b@example.com, c@example.org] test:1",
                        "a [a+x@example.com] test:2",
                        "both [a+x@example.com, b@example.com] test:4");
        assertThat(plan.misses()).isEmpty();
        assertThat(plan.ruleSet()).hasToString("test@1");
    }

    @Test
    void aRecipientNamedTwiceInTheEnvelopeIsMatchedOnce() throws IOException {
        Plan plan = accepted(compiled(rule("all", "", keep("1"))), to("a@example.com", "a@example.com"));
        assertThat(plan.runs().getFirst().recipients()).containsExactly(EmailAddress.of("a@example.com"));
    }

    @Test
    void aDisabledRuleNeitherMatchesNorAccepts() throws IOException {
        CompiledRuleSet rules = compiled(disabled(rule("off", "", keep("1"))), rule("a", "a@example.com", keep("2")));
        assertThat(accepted(rules, to("a@example.com")).runs()).hasSize(1);
        assertThat(atRcpt(rules, "b@example.com")).contains(Refusals.UNKNOWN_RECIPIENT);
    }

    @Test
    void anothersDomainIsNeverTaken() throws IOException {
        CompiledRuleSet rules = compiled(rule("all", "", keep("1")));
        assertThat(atRcpt(rules, "a@elsewhere.example")).contains(Refusals.RELAYING_DENIED);
        assertThat(accepted(rules, to("x@elsewhere.example", "a@example.com"))
                        .runs()
                        .getFirst()
                        .recipients())
                .containsExactly(EmailAddress.of("a@example.com"));
    }

    @Test
    void stopEndsTheWholeSetForTheMailWhateverTheRecipients() throws IOException {
        CompiledRuleSet rules = compiled(
                rule("a", "a@example.com", keep("1"), stop(), keep("never")), rule("b", "b@example.com", keep("2")));
        Plan plan = accepted(rules, to("a@example.com", "b@example.com"));

        assertThat(plan.runs()).extracting(Plan.PlannedRun::rule).containsExactly("a");
        assertThat(plan.misses()).containsEntry("b", "not reached: the rule 'a' ends the rule set");
        assertThat(accepted(rules, to("b@example.com")).runs()).hasSize(1);
    }

    @Test
    void stopInARuleThatDidNotMatchStopsNothing() throws IOException {
        Plan plan = accepted(
                compiled(conditional("small", "", SMALL, Condition.NEVER, stop()), rule("rest", "", keep("2"))),
                to("a@example.com"));
        assertThat(plan.runs()).extracting(Plan.PlannedRun::rule).containsExactly("rest");
        assertThat(plan.misses()).containsEntry("small", "when: size below 100B: does not hold");
    }

    @Test
    void stoppingTheRuleLeavesLaterRulesAlone() throws IOException {
        Plan plan = accepted(
                compiled(rule("a", "", stopRule(), keep("never")), rule("b", "", keep("2"))), to("a@example.com"));
        assertThat(plan.runs())
                .extracting(DecisionTableTest::told)
                .containsExactly("a [a@example.com] ", "b [a@example.com] test:2");
    }

    @Test
    void aStopAloneTakesTheMailAndKeepsNothingOnPurpose() throws IOException {
        CompiledRuleSet rules = compiled(rule("drop", "a@example.com", stop()), rule("rest", "", keep("1")));
        Plan plan = accepted(rules, to("a@example.com"));
        assertThat(plan.runs()).extracting(DecisionTableTest::told).containsExactly("drop [a@example.com] ");
        assertThat(atRcpt(rules, "a@example.com")).isEmpty();
    }

    @Test
    void aStopThatTellsSomebodyIsAnEffect() throws IOException {
        CompiledRuleSet rules = compiled(
                rule("a", "a@example.com", bounce(), tellingStop(), keep("never")), rule("rest", "", keep("1")));
        Plan plan = accepted(rules, to("a@example.com"));
        assertThat(plan.runs()).extracting(DecisionTableTest::told).containsExactly("a [a@example.com] submission:dsn");
        assertThat(plan.misses()).containsEntry("rest", "not reached: the rule 'a' ends the rule set");
        assertThat(atRcpt(rules, "a@example.com")).isEmpty();
    }

    @Test
    void addingAFieldIsNoDestinationAndTakesNobody() throws IOException {
        CompiledRuleSet rules = compiled(rule("mark", "", mark()), rule("a", "a@example.com", mark(), keep("1")));
        Plan plan = accepted(rules, to("a@example.com"));
        assertThat(plan.runs())
                .extracting(DecisionTableTest::told)
                .containsExactly("mark [a@example.com] ", "a [a@example.com] test:1");
        assertThat(atRcpt(rules, "b@example.com")).contains(Refusals.UNKNOWN_RECIPIENT);
        assertThat(decide(rules, to("b@example.com"))).isEqualTo(new Decision.Refuse(Refusals.UNKNOWN_RECIPIENT, ""));
    }

    @Test
    void laterRulesWaitForTheLastRuleThatDecides() throws IOException {
        Plan plan = accepted(
                compiled(
                        rule("one", "", keep("1")),
                        rule("two", "", ask("2")),
                        rule("three", "", keep("3")),
                        rule("four", "", keep("x"), ask("4")),
                        rule("five", "", keep("5"))),
                to("a@example.com"));
        assertThat(plan.runs()).extracting(run -> run.waitsFor().orElse(-1)).containsExactly(-1, -1, 1, 1, 3);
    }

    @Test
    void aStopBehindAnActionThatDecidesIsNotForetold() throws IOException {
        Plan plan =
                accepted(compiled(rule("one", "", ask("1"), stop()), rule("two", "", keep("2"))), to("a@example.com"));
        assertThat(plan.runs()).extracting(Plan.PlannedRun::rule).containsExactly("one", "two");
        assertThat(plan.runs().get(1).waitsFor()).hasValue(0);
    }

    @Test
    void aRuleBehindAStopIsCutAlsoWhenTheStopHasToWait() throws IOException {
        Plan plan = accepted(
                compiled(rule("one", "", ask("1")), rule("two", "", keep("2"), stop()), rule("three", "", keep("3"))),
                to("a@example.com"));
        assertThat(plan.runs()).extracting(Plan.PlannedRun::rule).containsExactly("one", "two");
    }

    @Test
    void whenEveryRecipientIsRefusedTheSessionRefusesWithTheFirstReply() throws IOException {
        CompiledRuleSet rules = compiled(
                rule("mark", "", mark()),
                rule("a", "a@example.com", reject("first")),
                rule("b", "b@example.com", reject("second")));
        assertThat(decide(rules, to("b@example.com", "a@example.com")))
                .isEqualTo(new Decision.Refuse(Reply.of(554, "5.7.0", "first"), "a"));
        assertThat(atRcpt(rules, "b@example.com").orElseThrow().text()).isEqualTo("second");
    }

    @Test
    void whenOneRecipientIsRefusedAndAnotherTakenTheRefusalBecomesARun() throws IOException {
        CompiledRuleSet rules = compiled(rule("no", "a@example.com", reject()), rule("rest", "example.com", keep("1")));
        Plan plan = accepted(rules, to("a@example.com", "b@example.com"));
        assertThat(plan.runs())
                .extracting(DecisionTableTest::told)
                .containsExactly("no [a@example.com] submission:dsn", "rest [b@example.com] test:1");
    }

    @Test
    void laterRulesDoNotSeeRejectedRecipients() throws IOException {
        CompiledRuleSet rules = compiled(
                rule("no", "a@example.com", reject()),
                rule("a", "a@example.com", keep("1")),
                rule("b", "b@example.com", keep("2")));
        Plan plan = accepted(rules, to("a@example.com", "b@example.com"));
        assertThat(plan.runs()).extracting(Plan.PlannedRun::rule).containsExactly("no", "b");
        assertThat(plan.misses()).containsEntry("a", "its recipients were refused by an earlier rule");
    }

    @Test
    void actionsBehindARejectAreNeverReached() throws IOException {
        CompiledRuleSet rules = compiled(rule("no", "", reject(), keep("never")));
        assertThat(decide(rules, to("a@example.com"))).isInstanceOf(Decision.Refuse.class);
        assertThat(atRcpt(rules, "a@example.com")).contains(TestAction.REJECTED);
    }

    @Test
    void anEffectBeforeARejectMakesItADsn() throws IOException {
        CompiledRuleSet before = compiled(rule("copy", "", keep("1")), rule("no", "", reject()));
        CompiledRuleSet inside = compiled(rule("no", "", keep("1"), reject()));
        assertThat(accepted(before, to("a@example.com")).runs())
                .extracting(DecisionTableTest::told)
                .containsExactly("copy [a@example.com] test:1", "no [a@example.com] submission:dsn");
        assertThat(accepted(inside, to("a@example.com")).runs()).hasSize(1);
        assertThat(atRcpt(before, "a@example.com")).isEmpty();
        assertThat(atRcpt(inside, "a@example.com")).isEmpty();
    }

    @Test
    void aBounceWithNothingElseIsAReply() throws IOException {
        CompiledRuleSet rules = compiled(rule("no", "", bounce()), rule("mark", "", mark()));
        assertThat(decide(rules, to("a@example.com"))).isEqualTo(new Decision.Refuse(TestAction.BOUNCED, "no"));
        assertThat(atRcpt(rules, "a@example.com")).contains(TestAction.BOUNCED);
    }

    @Test
    void aBounceLetsLaterRulesGoOnSoTheMailIsTaken() throws IOException {
        CompiledRuleSet rules = compiled(rule("no", "", bounce()), rule("copy", "", keep("1")));
        assertThat(accepted(rules, to("a@example.com")).runs())
                .extracting(DecisionTableTest::told)
                .containsExactly("no [a@example.com] submission:dsn", "copy [a@example.com] test:1");
        assertThat(atRcpt(rules, "a@example.com")).isEmpty();
    }

    @Test
    void aBounceWithAStopBehindItIsAReply() throws IOException {
        CompiledRuleSet rules = compiled(rule("no", "", bounce(), stop()), rule("copy", "", keep("1")));
        assertThat(decide(rules, to("a@example.com"))).isInstanceOf(Decision.Refuse.class);
        assertThat(atRcpt(rules, "a@example.com")).contains(TestAction.BOUNCED);
    }

    @Test
    void aRejectBehindAnActionThatDecidesLeavesItsRecipientsToOthers() throws IOException {
        Plan plan = accepted(
                compiled(rule("one", "", ask("1"), reject()), rule("two", "", keep("2"))), to("a@example.com"));
        assertThat(plan.runs())
                .extracting(DecisionTableTest::told)
                .containsExactly("one [a@example.com] ask:1", "two [a@example.com] test:2");
    }

    @Test
    void aRejectThatDependsOnTheMessageWaitsForTheMessage() throws IOException {
        CompiledRuleSet rules =
                compiled(conditional("large", "", LARGE, Condition.NEVER, reject()), rule("rest", "", keep("1")));
        assertThat(atRcpt(rules, "a@example.com")).isEmpty();
        assertThat(decide(rules, to("a@example.com"))).isEqualTo(new Decision.Refuse(TestAction.REJECTED, "large"));
    }

    @Test
    void aRejectBehindARuleThatMayStopWaitsForTheMessage() throws IOException {
        CompiledRuleSet rules =
                compiled(conditional("small", "", SMALL, Condition.NEVER, stop()), rule("no", "", reject()));
        assertThat(atRcpt(rules, "a@example.com")).isEmpty();
        assertThat(decide(rules, to("a@example.com"))).isEqualTo(new Decision.Refuse(TestAction.REJECTED, "no"));
    }

    @Test
    void aMailThatNoConditionTakesIsRefusedRatherThanForgotten() throws IOException {
        CompiledRuleSet rules = compiled(conditional("small", "", SMALL, Condition.NEVER, keep("1")));
        assertThat(atRcpt(rules, "a@example.com")).isEmpty();
        assertThat(decide(rules, to("a@example.com"))).isEqualTo(new Decision.Refuse(Refusals.NOT_TAKEN, ""));
    }

    @Test
    void aMailRefusedForOneAndTakenByNobodyElseIsRefused() throws IOException {
        CompiledRuleSet rules = compiled(
                rule("no", "a@example.com", reject()),
                conditional("small", "b@example.com", SMALL, Condition.NEVER, keep("1")));
        assertThat(decide(rules, to("a@example.com", "b@example.com")))
                .isEqualTo(new Decision.Refuse(TestAction.REJECTED, "no"));
    }

    @Test
    void aConditionKnownAtRcptRefusesAtRcpt() {
        CompiledRuleSet rules = compiled(conditional(
                "bob",
                "",
                new Condition.SenderIn(List.of(RecipientPattern.of("bob@sender.example")), false),
                Condition.NEVER,
                keep("1")));
        assertThat(atRcpt(rules, "a@example.com")).contains(Refusals.NOT_TAKEN);
    }

    @Test
    void aRecipientConditionChoosesAmongTheRecipients() throws IOException {
        Condition isBoss = new Condition.RecipientIn(List.of(RecipientPattern.of("boss@example.com")));
        CompiledRuleSet rules = compiled(conditional("staff", "example.com", Condition.ALWAYS, isBoss, keep("1")));
        assertThat(accepted(rules, to("boss@example.com", "a@example.com")).runs())
                .extracting(DecisionTableTest::told)
                .containsExactly("staff [a@example.com] test:1");
        assertThat(atRcpt(rules, "boss@example.com")).contains(Refusals.NOT_TAKEN);
        assertThat(atRcpt(rules, "a@example.com")).isEmpty();
    }

    @Test
    void tlsIsRequiredAtRcptWhenNoOtherRuleTakesTheRecipient() throws IOException {
        CompiledRuleSet rules = compiled(
                requiringTls(rule("secret", "a@example.com b@example.com", keep("1"))),
                rule("open", "b@example.com", keep("2")));
        assertThat(atRcpt(rules, "a@example.com")).contains(Refusals.ENCRYPTION_NEEDED);
        assertThat(atRcpt(rules, "b@example.com")).isEmpty();
        assertThat(rules.refusal(ReversePath.NULL, EmailAddress.of("a@example.com"), Mails.encrypted("TLSv1.3")))
                .isEmpty();

        Plan plan = accepted(rules, to("b@example.com"));
        assertThat(plan.runs()).extracting(Plan.PlannedRun::rule).containsExactly("open");
        assertThat(plan.misses()).containsEntry("secret", "tls: the session was not encrypted");
    }

    @Test
    void aPlanNamesAHundredMissesAndNoMore() throws IOException {
        var rules = new java.util.ArrayList<io.waypost.rules.Rule>();
        for (int i = 0; i < 500; i++) {
            rules.add(conditional("small" + i, "", SMALL, Condition.NEVER, keep("1")));
        }
        rules.add(rule("rest", "", keep("2")));
        Plan plan = accepted(compiled(rules.toArray(io.waypost.rules.Rule[]::new)), to("a@example.com"));
        assertThat(plan.misses()).hasSize(100);
        assertThat(plan.runs()).hasSize(1);
    }

    private static String told(Plan.PlannedRun run) {
        return run.rule() + " " + run.recipients() + " " + run.destination();
    }

    private static Optional<Reply> atRcpt(CompiledRuleSet rules, String recipient) {
        Envelope envelope = to(recipient);
        return rules.refusal(envelope.from(), EmailAddress.of(recipient), envelope.client());
    }

    private static Decision decide(CompiledRuleSet rules, Envelope envelope) throws IOException {
        MessageContent content = unread();
        return rules.decide(envelope, Verdicts.NONE, content);
    }

    private static Plan accepted(CompiledRuleSet rules, Envelope envelope) throws IOException {
        assertThat(decide(rules, envelope)).isInstanceOf(Decision.Accept.class);
        return ((Decision.Accept) decide(rules, envelope)).plan();
    }
}
