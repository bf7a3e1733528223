package io.waypost.rules.file;

import io.waypost.config.text.Problem;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.RuleSetVersion;
import io.waypost.rules.Mails;
import io.waypost.rules.TestAction;
import io.waypost.rules.match.CompiledRuleSet;
import java.util.List;
import java.util.Optional;

/** Reads rule set texts in tests. */
final class RuleTexts {

    static final RuleFileReader READER = new RuleFileReader(TestAction.handlers(), Mails.OWN, Substitution.NONE);

    private RuleTexts() {}

    static List<String> problems(String text) {
        Problems problems = new Problems();
        Optional<RuleFile> read = READER.read("rules/a.yaml", text, Ownership.REQUIRED, problems);
        if (read.isPresent() != problems.isEmpty()) {
            throw new AssertionError("a rule set and problems: " + problems);
        }
        return problems.all().stream().map(Problem::toString).toList();
    }

    static RuleFile file(String text) {
        Problems problems = new Problems();
        return READER.read("rules/a.yaml", text, Ownership.REQUIRED, problems)
                .orElseThrow(() -> new AssertionError(problems.toString()));
    }

    static CompiledRuleSet compiled(String text) {
        return CompiledRuleSet.of(file(text).as(new RuleSetVersion("test", 1)), Mails.OWN);
    }

    /** A set of one rule that keeps what meets the condition, a line or several of {@code when} or {@code unless}. */
    static String withCondition(String condition) {
        return "name: test\nrules:\n- name: r\n  actions: [ keep: x ]\n  " + condition.replace("\n", "\n  ") + "\n";
    }
}
