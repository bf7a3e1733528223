package io.waypost.rules.match;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Conditions in words, for the trace and for explanations. */
final class ConditionText {

    private static final int MAX_LENGTH = 300;

    private ConditionText() {}

    /** Holds nothing of the mail, only what the rule set says; at most 300 characters. */
    static String of(Condition condition) {
        String text = text(condition);
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 3) + "...";
    }

    private static String text(Condition condition) {
        return switch (condition) {
            case Condition.Always always -> "always";
            case Condition.All all -> joined(all.parts(), " and ");
            case Condition.AnyOf any -> joined(any.parts(), " or ");
            case Condition.Not not -> "not (" + text(not.part()) + ")";
            case Condition.RecipientIn in -> "recipient " + list(in.patterns());
            case Condition.SenderIn in -> {
                String patterns = list(in.patterns());
                yield "sender " + (!in.nullPath() ? patterns : patterns.isEmpty() ? "<>" : "<>, " + patterns);
            }
            case Condition.FieldExists field -> "header " + field.name() + " exists";
            case Condition.FieldIs field -> "header " + field.name() + " " + text(field.test());
            case Condition.SizeAbove size -> "size above " + size.size();
            case Condition.SizeBelow size -> "size below " + size.size();
            case Condition.ClientIn in -> "client " + list(in.networks());
            case Condition.Encrypted tls ->
                tls.versions().isEmpty() ? "tls" : "tls " + list(new TreeSet<>(tls.versions()));
            case Condition.VerdictIs is ->
                is.check().name().toLowerCase(Locale.ROOT) + " " + list(new TreeSet<>(is.verdicts()));
            case Condition.PolicyIs is ->
                "dmarc policy " + list(new TreeSet<>(is.policies())).toLowerCase(Locale.ROOT);
            case Condition.ScoreAbove above -> "spam score above " + above.score();
            case Condition.ScoreBelow below -> "spam score below " + below.score();
            case Condition.SignedBy by -> "dkim domain " + list(new TreeSet<>(by.domains()));
            case Condition.Listed listed ->
                listed.lists().isEmpty() ? "dnsbl" : "dnsbl " + list(new TreeSet<>(listed.lists()));
            case Condition.ReverseNameExists exists -> "reverseName exists";
            case Condition.ReverseNameIs is -> "reverseName " + text(is.test());
        };
    }

    private static String text(TextTest test) {
        return switch (test) {
            case TextTest.Equal equal -> "equals '" + equal.text() + "'";
            case TextTest.Contain contain -> "contains '" + contain.text() + "'";
            case TextTest.Match match -> "matches '" + match.pattern() + "'";
            case TextTest.No no -> "not (" + text(no.test()) + ")";
            case TextTest.AnyOf any ->
                String.join(
                        " or ", any.tests().stream().map(ConditionText::text).toList());
            case TextTest.AllOf all ->
                String.join(
                        " and ", all.tests().stream().map(ConditionText::text).toList());
        };
    }

    private static String joined(List<Condition> parts, String word) {
        return "(" + String.join(word, parts.stream().map(ConditionText::text).toList()) + ")";
    }

    private static String list(Collection<?> items) {
        return String.join(", ", items.stream().map(Object::toString).toList());
    }
}
