package io.waypost.rules.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.config.text.DataSize;
import io.waypost.message.Decision;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Verdicts;
import io.waypost.rules.Action;
import io.waypost.rules.Mails;
import io.waypost.rules.Rule;
import io.waypost.rules.RuleSet;
import io.waypost.rules.TestAction;
import io.waypost.rules.TlsPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The index finds what a look at every rule finds; and what is said at RCPT agrees with what is decided at the end. */
class IndexPropertyTest {

    @Property(tries = 1500)
    void theIndexFindsWhatALinearScanFinds(@ForAll("ruleSets") List<Rule> rules, @ForAll("mails") List<EmailAddress> to)
            throws IOException {
        List<Rule> keeping = rules.stream().map(IndexPropertyTest::keeping).toList();
        List<String> naive = new ArrayList<>();
        for (Rule rule : keeping) {
            List<EmailAddress> matched = to.stream()
                    .distinct()
                    .filter(recipient -> matches(rule, recipient))
                    .toList();
            if (!matched.isEmpty()) {
                naive.add(rule.name() + matched);
            }
        }
        Decision decision = compiled(keeping).decide(envelope(to), Verdicts.NONE, Mails.unread());
        List<String> indexed = decision instanceof Decision.Accept accept
                ? accept.plan().runs().stream()
                        .map(run -> run.rule() + run.recipients())
                        .toList()
                : List.of();
        assertThat(indexed).isEqualTo(naive);
    }

    @Property(tries = 1500)
    void whatIsRefusedAtRcptIsWhatWouldBeRefusedAtTheEnd(
            @ForAll("ruleSets") List<Rule> rules, @ForAll("addresses") EmailAddress recipient) throws IOException {
        Envelope envelope = envelope(List.of(recipient));
        Optional<Reply> atRcpt = compiled(rules).refusal(envelope.from(), recipient, envelope.client());
        Decision atEnd = compiled(rules).decide(envelope, Verdicts.NONE, Mails.unread());
        boolean needsMessage = rules.stream()
                .anyMatch(rule -> rule.when().needsMessage() || rule.unless().needsMessage());

        if (!Mails.OWN.cover(recipient.domain())) {
            assertThat(atRcpt).contains(Refusals.RELAYING_DENIED);
            assertThat(atEnd).isInstanceOf(Decision.Refuse.class);
        } else if (atEnd instanceof Decision.Refuse refuse) {
            assertThat(atRcpt).satisfiesAnyOf(reply -> assertThat(reply).contains(refuse.reply()), reply -> assertThat(
                            reply.isEmpty() && needsMessage)
                    .isTrue());
        } else {
            assertThat(atRcpt).isEmpty();
        }
    }

    @Property(tries = 1000)
    void everyRecipientOfAnAcceptedMailIsTakenOrNamedUntaken(
            @ForAll("ruleSets") List<Rule> rules, @ForAll("mails") List<EmailAddress> to) throws IOException {
        Explanation explanation = Explanation.of(compiled(rules), envelope(to), Verdicts.NONE, Mails.unread());
        assertThat(explanation.rules())
                .extracting(Explanation.Answer::rule)
                .isEqualTo(rules.stream().map(Rule::name).toList());
        assertThat(explanation.rules())
                .allSatisfy(answer -> assertThat(answer.reason().isEmpty()).isEqualTo(answer.matched()));
        if (explanation.decision() instanceof Decision.Accept accept) {
            assertThat(accept.plan().runs()).isNotEmpty();
        }
    }

    private static boolean matches(Rule rule, EmailAddress recipient) {
        return rule.enabled()
                && rule.tls() == TlsPolicy.OPTIONAL
                && Mails.OWN.cover(recipient.domain())
                && (rule.recipients().isEmpty() || rule.recipients().stream().anyMatch(p -> p.takes(recipient)))
                && holds(rule.when(), recipient)
                && !holds(rule.unless(), recipient);
    }

    // The message has 1000 bytes, see Mails.unread().
    private static boolean holds(Condition condition, EmailAddress recipient) {
        return switch (condition) {
            case Condition.Always a -> true;
            case Condition.Not not -> !holds(not.part(), recipient);
            case Condition.RecipientIn in -> in.patterns().stream().anyMatch(p -> p.takes(recipient));
            case Condition.SizeAbove size -> 1000 > size.size().bytes();
            default -> throw new AssertionError(condition);
        };
    }

    private static Rule keeping(Rule rule) {
        return new Rule(
                rule.name(),
                rule.enabled(),
                rule.recipients(),
                rule.tls(),
                rule.when(),
                rule.unless(),
                List.of(TestAction.keep("x")));
    }

    private static CompiledRuleSet compiled(List<Rule> rules) {
        return CompiledRuleSet.of(new RuleSet(new RuleSetVersion("random", 1), rules), Mails.OWN);
    }

    private static Envelope envelope(List<EmailAddress> to) {
        return Envelope.of(ReversePath.NULL, to, Mails.clear("192.0.2.1"));
    }

    @Provide
    Arbitrary<EmailAddress> addresses() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "A", "a+x", "b+y", "a+x+z", "\"a\""),
                        Arbitraries.of(
                                "example.com",
                                "example.org",
                                "s.example.com",
                                "t.s.example.com",
                                "EXAMPLE.com",
                                "other.example"))
                .as((local, domain) -> EmailAddress.of(local + "@" + domain));
    }

    @Provide
    Arbitrary<List<EmailAddress>> mails() {
        return addresses().list().ofMinSize(1).ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Rule>> ruleSets() {
        Arbitrary<RecipientPattern> patterns = Arbitraries.of(
                        "a@example.com",
                        "a+x@example.com",
                        "b@s.example.com",
                        "example.com",
                        "s.example.com",
                        ".example.com",
                        ".s.example.com",
                        "example.org",
                        "A@EXAMPLE.ORG")
                .map(RecipientPattern::of);
        Arbitrary<Condition> conditions = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Arbitraries.just(Condition.ALWAYS)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(Condition.NEVER)),
                net.jqwik.api.Tuple.of(2, patterns.map(p -> new Condition.RecipientIn(List.of(p)))),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.of(10L, 5000L).map(n -> new Condition.SizeAbove(new DataSize(n)))));
        Arbitrary<List<Action>> actions = Arbitraries.of(
                        (Action) TestAction.keep("x"),
                        TestAction.mark(),
                        TestAction.stop(),
                        TestAction.stopRule(),
                        TestAction.reject(),
                        TestAction.bounce(),
                        TestAction.ask("y"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
        Arbitrary<Rule> rules = Combinators.combine(
                        patterns.list().ofMaxSize(3),
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(6, true), net.jqwik.api.Tuple.of(1, false)),
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(6, TlsPolicy.OPTIONAL),
                                net.jqwik.api.Tuple.of(1, TlsPolicy.REQUIRE)),
                        conditions,
                        conditions.map(Condition.Not::new),
                        actions)
                .as((recipients, enabled, tls, when, unless, does) ->
                        new Rule("r", enabled, recipients, tls, when, unless, does));
        return rules.list().ofMaxSize(8).map(list -> {
            List<Rule> named = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                Rule r = list.get(i);
                named.add(new Rule("r" + i, r.enabled(), r.recipients(), r.tls(), r.when(), r.unless(), r.actions()));
            }
            return List.copyOf(named);
        });
    }
}
