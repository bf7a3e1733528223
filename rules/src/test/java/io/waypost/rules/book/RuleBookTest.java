package io.waypost.rules.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.Client;
import io.waypost.message.Decision;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Plan;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Scope;
import io.waypost.message.Verdicts;
import io.waypost.rules.Mails;
import io.waypost.rules.TestAction;
import io.waypost.rules.file.Ownership;
import io.waypost.rules.file.RuleFile;
import io.waypost.rules.file.RuleFileReader;
import io.waypost.rules.match.OwnDomains;
import io.waypost.rules.match.Refusals;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RuleBookTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);
    private static final Client CLIENT = Mails.clear("192.0.2.1");
    private static final Scope HOME = new Scope("000000000000", "us-east-1");

    private final MemoryArchive archive = new MemoryArchive();
    private final RuleFileReader reader = new RuleFileReader(TestAction.handlers(), Mails.OWN, Substitution.NONE);
    private final RuleBook book = new RuleBook(archive, reader, HOME, false, CLOCK);

    @Test
    void withoutAnActiveRuleSetMailIsPutOffAndNeverLost() throws IOException {
        assertThat(book.refusal(ReversePath.NULL, EmailAddress.of("a@example.com"), CLIENT))
                .contains(Refusals.RECEIVING_OFF);
        assertThat(Refusals.RECEIVING_OFF.isPermanent()).isFalse();
        assertThat(book.refusal(ReversePath.NULL, EmailAddress.of("a@elsewhere.example"), CLIENT))
                .contains(Refusals.RELAYING_DENIED);
        assertThat(book.decide(Mails.to("a@example.com"), Verdicts.NONE, Mails.unread()))
                .isEqualTo(new Decision.Refuse(Refusals.RECEIVING_OFF, ""));
        assertThat(book.active()).isEmpty();
    }

    @Test
    void aPublishedRuleSetAnswersAtOnceAndUnderItsVersion() throws IOException {
        assertThat(book.publish(keeping("one"))).hasToString("test@1");
        assertThat(destination()).isEqualTo("test:one test@1");
        assertThat(book.publish(keeping("two"))).hasToString("test@2");
        assertThat(destination()).isEqualTo("test:two test@2");
        assertThat(book.publish(keeping("two"))).hasToString("test@2");
        book.deactivate();
        assertThat(book.decide(Mails.to("a@example.com"), Verdicts.NONE, Mails.unread()))
                .isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void whatTheArchiveCannotTakeDoesNotBecomeActive() throws IOException {
        book.publish(keeping("one"));
        archive.broken(true);
        assertThatThrownBy(() -> book.publish(keeping("two"))).isInstanceOf(IOException.class);
        assertThat(destination()).isEqualTo("test:one test@1");
    }

    @Test
    void olderVersionsAreFoundAlsoAfterARestartAndReadOnce() throws IOException {
        for (int i = 0; i < 40; i++) {
            book.publish(keeping("n" + i));
        }
        assertThat(book.find(new RuleSetVersion("test", 40)).rules()).hasSize(1);
        assertThat(archive.reads()).isZero();

        RuleBook restarted = new RuleBook(archive, reader, HOME, false, CLOCK);
        for (int i = 0; i < 10; i++) {
            assertThat(restarted
                            .find(new RuleSetVersion("test", 3))
                            .rules()
                            .getFirst()
                            .actions()
                            .getFirst())
                    .isEqualTo(TestAction.keep("n2"));
        }
        assertThat(archive.reads()).isEqualTo(1);
    }

    @Test
    void whatIsActiveIsNeverForgottenHoweverOldItsVersion() throws IOException {
        Scope other = new Scope("210987654321", "eu-west-1");
        RuleSetVersion active = book.choose(other, keeping("first"));
        for (int i = 0; i < 30; i++) {
            book.publish(keeping("n" + i));
        }

        assertThat(book.forgetOldVersions()).isEqualTo(10);

        assertThat(archive.text(active)).isPresent();
        assertThat(archive.text(new RuleSetVersion("test", 11))).isEmpty();
        assertThat(archive.text(new RuleSetVersion("test", 12))).isPresent();
        book.chooseNone(other);
        assertThat(book.forgetOldVersions()).isEqualTo(1);
        assertThat(archive.text(active)).isEmpty();
    }

    @Test
    void anOlderVersionIsFoundAlsoWhenItsDomainIsNoLongerOurs() throws IOException {
        book.publish(keeping("one"));
        RuleFileReader elsewhere = new RuleFileReader(
                TestAction.handlers(), new OwnDomains(List.of(new Domain("other.example"))), Substitution.NONE);
        assertThat(new RuleBook(archive, elsewhere, HOME, false, CLOCK)
                        .find(new RuleSetVersion("test", 1))
                        .rules())
                .hasSize(1);
    }

    @Test
    void aVersionThatCannotBeHadIsAFaultOfTheMoment() {
        assertThatThrownBy(() -> book.find(new RuleSetVersion("test", 7)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("test@7");
    }

    @Test
    @Timeout(60)
    void aSwapNeverMixesTwoVersionsInOneAnswer() throws Exception {
        RuleFile odd = pairs("odd");
        RuleFile even = pairs("even");
        book.publish(odd);
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch deciding = new CountDownLatch(4);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> sessions = java.util.stream.IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> {
                        int decided = 0;
                        while (!done.get()) {
                            Decision.Accept accept = (Decision.Accept) book.decide(
                                    Mails.to("a@example.com", "b@example.org"), Verdicts.NONE, Mails.unread());
                            assertWhole(accept.plan());
                            if (decided++ == 0) {
                                deciding.countDown();
                            }
                        }
                        return decided;
                    }))
                    .toList();
            deciding.await();
            for (int i = 0; i < 300; i++) {
                book.publish(i % 2 == 0 ? even : odd);
            }
            done.set(true);
            for (Future<Integer> session : sessions) {
                assertThat(session.get()).isPositive();
            }
        }
    }

    // Every run of a plan comes from the version the plan names, and none is missing.
    private static void assertWhole(Plan plan) {
        String word = plan.ruleSet().version() % 2 == 1 ? "odd" : "even";
        assertThat(plan.runs())
                .extracting(Plan.PlannedRun::destination)
                .containsExactly("test:" + word + "1", "test:" + word + "2", "test:" + word + "3");
    }

    private String destination() throws IOException {
        Plan plan = ((Decision.Accept) book.decide(Mails.to("a@example.com"), Verdicts.NONE, Mails.unread())).plan();
        return plan.runs().getFirst().destination() + " " + plan.ruleSet();
    }

    private RuleFile keeping(String where) {
        return file("name: test\nactive: true\nrules:\n- { name: r, recipients: [ example.com ], actions: [ keep: "
                + where + " ] }\n");
    }

    private RuleFile pairs(String word) {
        return file("name: test\nrules:\n- { name: r1, actions: [ keep: " + word
                + "1 ] }\n- { name: r2, recipients: [ a@example.com ], actions: [ keep: " + word
                + "2 ] }\n- { name: r3, recipients: [ example.org ], actions: [ keep: " + word + "3 ] }\n");
    }

    private RuleFile file(String text) {
        Problems problems = new Problems();
        return reader.read("a.yaml", text, Ownership.REQUIRED, problems)
                .orElseThrow(() -> new AssertionError(problems.toString()));
    }
}
