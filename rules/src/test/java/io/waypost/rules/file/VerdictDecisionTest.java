package io.waypost.rules.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Decision;
import io.waypost.message.Plan;
import io.waypost.message.Verdict;
import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts;
import io.waypost.rules.Mails;
import io.waypost.rules.match.CompiledRuleSet;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What verdicts decide before the 250. */
class VerdictDecisionTest {

    private static final String SET = """
            name: test
            rules:
            - { name: viruses, when: { virus: FAIL }, actions: [ reject: x ] }
            - { name: forged, recipients: [ strict@example.com ], when: { spf: FAIL }, actions: [ reject: x ] }
            - { name: quiet, recipients: [ quiet@example.com ], scan: false, actions: [ keep: x ] }
            - { name: rest, recipients: [ a@example.com, strict@example.com ], actions: [ keep: x ] }
            """;

    private final CompiledRuleSet rules = RuleTexts.compiled(SET);

    private static Verdicts verdicts(Status spf, Status virus) {
        return new Verdicts(
                new Verdict(spf, "x", "", Duration.ZERO),
                Verdicts.NONE.dkim(),
                Verdicts.NONE.dmarc(),
                Verdicts.NONE.arc(),
                Verdicts.NONE.spam(),
                new Verdict(virus, "x", "", Duration.ZERO),
                Verdicts.NONE.client());
    }

    @Test
    void nobodyIsRefusedAtRcptForWhatIsNotKnownYet() {
        var envelope = Mails.to("strict@example.com");
        assertThat(rules.refusal(envelope.from(), envelope.addresses().getFirst(), envelope.client()))
                .isEmpty();
    }

    @Test
    void aVerdictRefusesInTheSession() throws IOException {
        Decision decision = rules.decide(Mails.to("a@example.com"), verdicts(Status.PASS, Status.FAIL), Mails.unread());
        assertThat(decision).isInstanceOfSatisfying(Decision.Refuse.class, refuse -> assertThat(refuse.rule())
                .isEqualTo("viruses"));
    }

    @Test
    void aScannerThatFailedIsNoFail() throws IOException {
        Decision decision = rules.decide(
                Mails.to("a@example.com"), verdicts(Status.PASS, Status.PROCESSING_FAILED), Mails.unread());
        assertThat(((Decision.Accept) decision).plan().runs())
                .extracting(Plan.PlannedRun::rule)
                .containsExactly("rest");
    }

    @Test
    void aVerdictThatRefusesOneRecipientLeavesTheOthersTheirMail() throws IOException {
        Decision decision = rules.decide(
                Mails.to("a@example.com", "strict@example.com"), verdicts(Status.FAIL, Status.PASS), Mails.unread());
        Plan plan = ((Decision.Accept) decision).plan();
        assertThat(plan.runs())
                .extracting(run -> run.rule() + " " + run.recipients())
                .containsExactly("forged [strict@example.com]", "rest [a@example.com]");
    }

    @Test
    void inRecordModeNothingIsRefusedForAVerdict() throws IOException {
        Decision decision = rules.recording()
                .decide(Mails.to("strict@example.com"), verdicts(Status.FAIL, Status.FAIL), Mails.unread());
        Plan plan = ((Decision.Accept) decision).plan();
        assertThat(plan.runs()).extracting(Plan.PlannedRun::rule).containsExactly("rest");
        assertThat(plan.misses())
                .containsEntry("viruses", "checks.mode is record: it would have refused")
                .containsEntry("forged", "checks.mode is record: it would have refused");
    }

    @Test
    void aScanIsWantedWhereARuleOfARecipientWantsIt() {
        CompiledRuleSet some = RuleTexts.compiled("""
                name: test
                rules:
                - { name: quiet, recipients: [ quiet@example.com ], scan: false, actions: [ keep: x ] }
                - { name: rest, recipients: [ a@example.com ], actions: [ keep: x ] }
                """);
        assertThat(some.wantsScan(Mails.to("quiet@example.com"))).isFalse();
        assertThat(some.wantsScan(Mails.to("a@example.com"))).isTrue();
        assertThat(some.wantsScan(Mails.to("quiet@example.com", "a@example.com")))
                .isTrue();
        assertThat(RuleTexts.compiled("name: test\nrules:\n- { name: r, scan: false, actions: [ keep: x ] }\n")
                        .wantsScan(Mails.to("a@example.com")))
                .isFalse();
    }
}
