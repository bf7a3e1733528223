package io.waypost.rules.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.config.text.Problems;
import io.waypost.rules.Rule;
import io.waypost.rules.TestAction;
import io.waypost.rules.TlsPolicy;
import io.waypost.rules.match.Condition;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleFileReaderTest {

    @Test
    void aWholeFileIsRead() {
        RuleFile file = RuleTexts.file("""
                name: production
                active: true
                rules:
                  - name: tickets
                    recipients: [help@example.com, .support.example.com]
                    tls: require
                    when: { all: [ { size: { below: 20MB } }, { sender: { not: spam.example } } ] }
                    unless: { header: { name: Auto-Submitted, not: "no" } }
                    actions:
                      - mark: x
                      - keep: tickets
                      - stop: ruleSet
                  - name: rest
                    enabled: false
                    actions:
                      - stop
                """);

        assertThat(file.name()).isEqualTo("production");
        assertThat(file.active()).isTrue();
        Rule tickets = file.rules().getFirst();
        assertThat(tickets.enabled()).isTrue();
        assertThat(tickets.tls()).isEqualTo(TlsPolicy.REQUIRE);
        assertThat(tickets.recipients()).hasToString("[help@example.com, .support.example.com]");
        assertThat(tickets.actions())
                .extracting(action -> ((TestAction) action).destination())
                .containsExactly("x", "test:tickets", "ruleSet");
        Rule rest = file.rules().get(1);
        assertThat(rest.enabled()).isFalse();
        assertThat(rest.recipients()).isEmpty();
        assertThat(rest.when()).isEqualTo(Condition.ALWAYS);
        assertThat(rest.unless()).isEqualTo(Condition.NEVER);
        assertThat(rest.tls()).isEqualTo(TlsPolicy.OPTIONAL);
    }

    @Test
    void aFileIsInactiveUnlessItSaysOtherwiseAndMayHaveNoRules() {
        RuleFile file = RuleTexts.file("name: a\nrules: []\n");
        assertThat(file.active()).isFalse();
        assertThat(file.rules()).isEmpty();
    }

    @Test
    void aFileMayHaveMoreRulesThanSesAllows() {
        String rules = IntStream.range(0, 300)
                .mapToObj(i -> "- { name: r" + i + ", actions: [ stop ] }\n")
                .collect(Collectors.joining());
        assertThat(RuleTexts.file("name: a\nrules:\n" + rules).rules()).hasSize(300);
    }

    @Test
    void anArchivedTextIsReadAlsoWhenADomainIsNoLongerOurs() {
        String text = "name: a\nrules: [ { name: r, recipients: [ x@gone.example ], actions: [ stop ] } ]\n";
        Problems problems = new Problems();
        assertThat(RuleTexts.READER.read("a@1", text, Ownership.NOT_ASKED, problems))
                .isPresent();
        assertThat(RuleTexts.problems(text)).hasSize(1);
    }

    @Test
    void everyFaultOfAFileIsReportedAtOnce() {
        assertThat(RuleTexts.problems("""
                name: production
                activ: true
                rules:
                  - name: one
                    recipients: [help@example.net, "*@example.com"]
                    tls: always
                    when: { subjct: hello }
                    actions:
                      - kepp: x
                      - keep: bad
                  - name: one
                """))
                .containsExactly(
                        "rules/a.yaml:2: unknown key 'activ'; did you mean 'active'?",
                        "rules/a.yaml:5: 'help@example.net': example.net is not one of the server's domains; did you mean 'example.com'?",
                        "rules/a.yaml:5: '*@example.com': there is no '*'; example.com takes every address of the domain, .example.com those of its subdomains, user@example.com takes user+anything@example.com",
                        "rules/a.yaml:6: 'tls': 'always' is not one of optional, require; known here: optional, require",
                        "rules/a.yaml:7: unknown condition 'subjct'; did you mean 'subject'?",
                        "rules/a.yaml:9: unknown action 'kepp'; did you mean 'keep'?",
                        "rules/a.yaml:10: 'bad' is no place to keep mail",
                        "rules/a.yaml:11: a rule needs 'actions'; to take mail and keep nothing of it on purpose, write '- stop: ruleSet'",
                        "rules/a.yaml:11: two rules are named 'one'; the other one is at rules/a.yaml:4");
    }

    static List<List<String>> broken() {
        String rule = "name: a\nrules:\n- name: r\n  actions: [ stop ]\n";
        return List.of(
                List.of("", ":1: the file is empty"),
                List.of("name: [", ": not YAML"),
                List.of("- a\n- b\n", ":1: a mapping (name: value) is needed here, this is a list"),
                List.of("rules: []\n", ":1: 'name' is missing"),
                List.of("name: a\n", ":1: 'rules' must be a list"),
                List.of("name: a\nrules: { r: x }\n", ":2: 'rules' must be a list"),
                List.of("name: a\nrules:\n- stop\n", ":3: a mapping (name: value) is needed here"),
                List.of("name: -a\nrules: []\n", ":1: '-a' is no name: up to 64 of"),
                List.of("name: " + "a".repeat(65) + "\nrules: []\n", "is no name"),
                List.of("name: a b\nrules: []\n", ":1: 'a b' is no name"),
                List.of("name: a/b\nrules: []\n", ":1: 'a/b' is no name"),
                List.of("name: a\nactive: maybe\nrules: []\n", ":2: 'active': 'maybe' is neither true nor false"),
                List.of(rule.replace("name: r", "name: r."), ":3: 'r.' is no name"),
                List.of(rule + "  enabled: 1\n", ":5: 'enabled': '1' is neither true nor false"),
                List.of(
                        rule + "  recipient: a@example.com\n",
                        ":5: unknown key 'recipient'; did you mean 'recipients'?"),
                List.of(rule + "  recipients: a b\n", ":5: 'a b' has no domain; write user@example.com"),
                List.of(rule + "  recipients: { a: b }\n", ":5: a value is needed here, this is a mapping"),
                List.of(rule.replace("[ stop ]", "[]"), ":4: a rule needs 'actions'"),
                List.of(rule.replace("[ stop ]", "[ [ stop ] ]"), ":4: an action is a name and its settings"),
                List.of(
                        rule.replace("[ stop ]", "[ { keep: a, stop: x } ]"),
                        ":4: an action has one name, here are keep, stop"),
                List.of(
                        rule.replace("[ stop ]", "[ keep: silent ]"),
                        ":4: the action 'keep' cannot be used as it stands here"),
                List.of(rule.replace("[ stop ]", "[ stp ]"), ":4: unknown action 'stp'; did you mean 'stop'?"),
                List.of(
                        rule.replace("[ stop ]", "[ lambda: x ]"),
                        ":4: unknown action 'lambda'; known here: keep, ask"),
                List.of(
                        rule.replace("[ stop ]", "\n  - ask: x\n  - reject: y"),
                        ":6: a refusal cannot stand behind an action whose answer decides (line 5)"),
                List.of(rule.replace("[ stop ]", "[" + "stop, ".repeat(21) + "]"), ":4: a rule has at most 20 actions"),
                List.of(
                        rule + "  recipients: [" + "a@example.com, ".repeat(1001) + "]\n",
                        ":5: a rule has at most 1000 recipients"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenFileIsNamedWithItsLine(List<String> textAndWords) {
        assertThat(RuleTexts.problems(textAndWords.getFirst()))
                .anySatisfy(problem -> assertThat(problem).contains("rules/a.yaml", textAndWords.get(1)));
    }

    static List<List<String>> brokenConditions() {
        return List.of(
                List.of("when: hello", ":5: a condition is a mapping such as"),
                List.of("when: [ { subject: x } ]", "write all: [...] or any: [...]"),
                List.of("unless: {}", ":5: a condition without an entry says nothing; leave it out"),
                List.of(
                        "when: { virus: FAILS }",
                        ":5: 'FAILS' is none of PASS, FAIL, GRAY, PROCESSING_FAILED, DISABLED"),
                List.of("when: { virus: FAILS }", "did you mean 'FAIL'?"),
                List.of("when:\n  not: { dmarc: { nott: FAIL } }", ":6: unknown key 'nott'; did you mean 'not'?"),
                List.of("when: { spf: [] }", "a value is needed here"),
                List.of("when: { spf: {} }", "a verdict, a list of verdicts or { not: ... } is needed here"),
                List.of("when: { spf: { score: { above: 1 } } }", "unknown key 'score'"),
                List.of("when: { spam: { score: 5 } }", "'score'"),
                List.of("when: { spam: { score: { above: high } } }", "'high' is no score, such as 6 or 7.5"),
                List.of("when: { dmarc: { policy: rejects } }", "'rejects' is none of NONE, QUARANTINE, REJECT"),
                List.of("when: { dkim: { domain: a@b.example } }", "'a@b.example' is no signing domain"),
                List.of("when: { reverseName: { like: x } }", "unknown key 'like'"),
                List.of("when: { reverseName: { exists: true, equals: x } }", "unknown key 'equals'"),
                List.of(
                        "scan: false\nwhen: { not: { spam: FAIL } }",
                        "'scan: false' and a condition on spam or virus contradict"),
                List.of(
                        "when: { from: a@b.example }",
                        "the envelope sender is 'sender', the header field is 'header: { name: From"),
                List.of("when: { al: [] }", "unknown condition 'al'; did you mean 'all'?"),
                List.of("when: { all: { subject: x } }", "'all' needs a list of conditions"),
                List.of("when: { any: [] }", "'any' needs a list of conditions"),
                List.of("when: { not: [ { subject: x } ] }", "a condition is a mapping"),
                List.of("when: { recipient: [] }", "a value is needed here"),
                List.of("when: { recipient: { nott: x.example } }", "unknown key 'nott'; did you mean 'not'?"),
                List.of("when: { sender: 'a b@c' }", "is not an address"),
                List.of("when: { client: mail.example.com }", "is not an address block; write 192.0.2.0/24"),
                List.of("when: { client: [ 10.0.0.1/8 ] }", "did you mean '10.0.0.0/8'?"),
                List.of("when: { tls: perhaps }", "'tls' is true, false, or one of TLSv1.2, TLSv1.3"),
                List.of("when: { tls: TLSv1.4 }", "unknown TLS version 'TLSv1.4'; did you mean"),
                List.of("when: { size: 10MB }", "'size' needs { above: 10MB } or { below: 10MB }"),
                List.of("when: { size: {} }", "'size' needs { above: 10MB }"),
                List.of("when: { size: { above: 10 MB } }", "'above': '10 MB' is not a size"),
                List.of("when: { size: { over: 10MB } }", "unknown key 'over'"),
                List.of("when: { header: X-A }", "a mapping (name: value) is needed here"),
                List.of("when: { header: { equals: x } }", "'name' is missing"),
                List.of("when: { header: { name: 'X A', exists: true } }", "'X A' is no header field name"),
                List.of("when: { header: { name: X-A } }", "needs one of equals, contains, matches, exists, not"),
                List.of("when: { header: { name: X-A, exists: true, equals: x } }", "'exists' stands alone"),
                List.of(
                        "when: { header: { name: X-A, contain: x } }",
                        "unknown key 'contain'; did you mean 'contains'?"),
                List.of("when: { subject: { matches: '(a' } }", "'(a': a '(' is never closed"),
                List.of("when: { subject: { matches: '(a)\\1' } }", "back references cannot be matched in linear time"),
                List.of("when: { subject: {} }", "one of equals, contains, matches, not is needed here"));
    }

    @ParameterizedTest
    @MethodSource("brokenConditions")
    void aBrokenConditionIsNamedWithItsLine(List<String> conditionAndWords) {
        List<String> problems = RuleTexts.problems(RuleTexts.withCondition(conditionAndWords.getFirst()));
        assertThat(problems).anySatisfy(problem -> assertThat(problem).contains(conditionAndWords.get(1)));
        assertThat(problems).allSatisfy(problem -> assertThat(problem).matches("rules/a.yaml:[56]: .*"));
    }
}
