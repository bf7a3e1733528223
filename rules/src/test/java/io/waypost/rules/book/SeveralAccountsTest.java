package io.waypost.rules.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.Decision;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Plan;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Scope;
import io.waypost.message.Verdicts;
import io.waypost.rules.Mails;
import io.waypost.rules.TestAction;
import io.waypost.rules.file.Ownership;
import io.waypost.rules.file.RuleFile;
import io.waypost.rules.file.RuleFileReader;
import io.waypost.rules.match.ClientFilter;
import io.waypost.rules.match.Network;
import io.waypost.rules.match.OwnDomains;
import io.waypost.rules.match.Refusals;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several accounts and regions receive, each with rules of its own (SES contract 2.1, 2.2). */
class SeveralAccountsTest {

    private static final Scope HOME = new Scope("111111111111", "us-east-1");
    private static final Scope OTHER = new Scope("222222222222", "us-east-1");
    private static final Scope FAR = new Scope("111111111111", "eu-west-1");

    private final RuleFileReader reader =
            new RuleFileReader(TestAction.handlers(), own("home.example"), Substitution.NONE);
    private final RuleBook book = new RuleBook(
            new MemoryArchive(),
            reader,
            HOME,
            false,
            Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC));

    private static OwnDomains own(String... names) {
        return new OwnDomains(Stream.of(names).map(Domain::new).toList());
    }

    private RuleFile set(String name, String rules) {
        Problems problems = new Problems();
        return reader.read(name, "name: " + name + "\nrules: [ " + rules + " ]\n", Ownership.NOT_ASKED, problems)
                .orElseThrow(() -> new AssertionError(problems.toString()));
    }

    private static String keep(String name, String where) {
        return "{ name: " + name + ", actions: [ keep: " + where + " ] }";
    }

    private Optional<Reply> refusal(String recipient) {
        return book.refusal(ReversePath.NULL, EmailAddress.of(recipient), Mails.clear("192.0.2.1"));
    }

    private Decision decide(String... recipients) throws IOException {
        Envelope envelope = Mails.to(recipients);
        return book.decide(envelope, Verdicts.NONE, Mails.unread());
    }

    private Plan plan(String... recipients) throws IOException {
        return ((Decision.Accept) decide(recipients)).plan();
    }

    private static List<String> runs(Plan plan) {
        return plan.runs().stream()
                .map(run -> run.ruleSet(plan.ruleSet()) + " " + run.ruleName() + " " + run.destination() + " "
                        + run.recipients())
                .toList();
    }

    @Test
    void aRecipientGoesToTheAccountOfItsDomain() throws IOException {
        book.choose(HOME, set("a", keep("all", "home")));
        book.choose(OTHER, set("b", keep("all", "other")));
        book.receiveFor(OTHER, own("other.example"));

        assertThat(runs(plan("x@home.example"))).containsExactly("a@1 all test:home [x@home.example]");
        assertThat(runs(plan("x@other.example"))).containsExactly("b@1 all test:other [x@other.example]");
        assertThat(runs(plan("x@home.example", "y@other.example")))
                .containsExactly("a@1 all test:home [x@home.example]", "b@1 all test:other [y@other.example]");
    }

    @Test
    void aPlanNamesTheRulesOfOtherSetsWithTheirSet() throws IOException {
        book.choose(HOME, set("a", keep("all", "home")));
        book.choose(OTHER, set("b", keep("all", "other") + ", { name: no, tls: require, actions: [ keep: x ] }"));
        book.receiveFor(OTHER, own("home.example"));
        Plan plan = plan("x@home.example");
        assertThat(plan.runs()).extracting(Plan.PlannedRun::rule).containsExactly("all", "b@1:all");
        assertThat(plan.misses()).containsOnlyKeys("b@1:no");
        assertThat(book.find(RuleSetVersion.of("b@1")).rule("all")).isPresent();
    }

    @Test
    void aStopOrARefusalOfOneMeansNothingToTheOther() throws IOException {
        book.choose(HOME, set("a", "{ name: end, actions: [ keep: home, stop: x ] }, " + keep("never", "home")));
        book.choose(OTHER, set("b", keep("all", "other")));
        book.choose(FAR, set("c", "{ name: away, actions: [ reject: x ] }"));
        book.receiveFor(OTHER, own("home.example"));
        book.receiveFor(FAR, own("home.example"));
        assertThat(runs(plan("x@home.example")))
                .containsExactly(
                        "c@1 away submission:dsnx [x@home.example]",
                        "a@1 end test:home [x@home.example]",
                        "b@1 all test:other [x@home.example]");
    }

    @Test
    void aRunThatWaitsWaitsForOneOfItsOwnSet() throws IOException {
        String asking = "{ name: first, actions: [ ask: a ] }, " + keep("second", "b");
        book.choose(HOME, set("a", asking));
        book.choose(OTHER, set("b", asking));
        book.receiveFor(OTHER, own("home.example"));
        assertThat(plan("x@home.example").runs())
                .extracting(Plan.PlannedRun::waitsFor)
                .containsExactly(OptionalInt.empty(), OptionalInt.of(0), OptionalInt.empty(), OptionalInt.of(2));
    }

    @Test
    void whatAllRefuseIsRefusedInTheWordsOfARule() throws IOException {
        book.choose(HOME, set("a", "{ name: none, recipients: [ y@home.example ], actions: [ keep: x ] }"));
        book.choose(OTHER, set("b", "{ name: away, actions: [ reject: x ] }"));
        book.receiveFor(OTHER, own("home.example"));
        assertThat(decide("x@home.example")).isEqualTo(new Decision.Refuse(TestAction.REJECTED, "away"));
        book.receiveFor(OTHER, own());
        assertThat(decide("x@home.example")).isEqualTo(new Decision.Refuse(Refusals.UNKNOWN_RECIPIENT, ""));
    }

    @Test
    void theFilesSetGoesBeforeTheChosenOne() throws IOException {
        book.choose(HOME, set("a", keep("all", "chosen")));
        book.publish(set("f", keep("all", "file")));
        assertThat(runs(plan("x@home.example"))).containsExactly("f@1 all test:file [x@home.example]");
        book.deactivate();
        assertThat(runs(plan("x@home.example"))).containsExactly("a@1 all test:chosen [x@home.example]");
        book.chooseNone(HOME);
        assertThat(decide("x@home.example")).isEqualTo(new Decision.Refuse(Refusals.RECEIVING_OFF, ""));
    }

    @Test
    void domainsComeAndGo() throws IOException {
        book.choose(OTHER, set("b", keep("all", "other")));
        assertThat(refusal("x@other.example")).contains(Refusals.RELAYING_DENIED);
        assertThat(refusal("x@home.example")).contains(Refusals.RECEIVING_OFF);
        book.receiveFor(OTHER, own("other.example"));
        assertThat(refusal("x@other.example")).isEmpty();
        assertThat(refusal("x@sub.other.example")).isEmpty();
        book.receiveFor(OTHER, own());
        assertThat(refusal("x@other.example")).contains(Refusals.RELAYING_DENIED);
    }

    @Test
    void anAccountsFilterIsItsOwn() throws IOException {
        book.choose(HOME, set("a", keep("all", "home")));
        book.choose(OTHER, set("b", keep("all", "other")));
        book.receiveFor(OTHER, own("home.example", "other.example"));
        book.filter(OTHER, new ClientFilter(List.of(Network.of("0.0.0.0/0")), List.of()));
        assertThat(refusal("x@other.example")).contains(Refusals.CLIENT_BLOCKED);
        assertThat(refusal("x@home.example")).isEmpty();
        assertThat(runs(plan("x@home.example"))).containsExactly("a@1 all test:home [x@home.example]");
        book.filter(OTHER, new ClientFilter(List.of(Network.of("0.0.0.0/0")), List.of(Network.of("192.0.2.0/24"))));
        assertThat(refusal("x@other.example")).isEmpty();
    }
}
