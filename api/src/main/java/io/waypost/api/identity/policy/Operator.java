package io.waypost.api.identity.policy;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/**
 * A condition operator as a policy writes it, such as {@code ForAllValues:StringNotLikeIfExists}.
 *
 * @param comparison of one value with another
 * @param negated whether no value of the policy may compare
 * @param among which values of a request must compare
 */
record Operator(Comparison comparison, boolean negated, Among among) {

    /** Which of several values of a request count. */
    enum Among {
        /** Nothing is said: all of them, and where they differ it is not known. */
        EACH,
        ALL,
        ANY
    }

    private static final Map<String, Comparison> PLAIN = Map.ofEntries(
            entry("StringEquals", Comparison.EQUAL),
            entry("StringEqualsIgnoreCase", Comparison.EQUAL_IN_ANY_CASE),
            entry("StringLike", Comparison.LIKE),
            entry("ArnEquals", Comparison.LIKE),
            entry("ArnLike", Comparison.LIKE),
            entry("IpAddress", Comparison.WITHIN),
            entry("Bool", Comparison.TRUE_OR_FALSE),
            entry("Null", Comparison.ABSENT),
            entry("NumericEquals", Comparison.NUMBER_EQUAL),
            entry("NumericLessThan", Comparison.NUMBER_LESS),
            entry("NumericLessThanEquals", Comparison.NUMBER_AT_MOST),
            entry("NumericGreaterThan", Comparison.NUMBER_MORE),
            entry("NumericGreaterThanEquals", Comparison.NUMBER_AT_LEAST),
            entry("DateEquals", Comparison.DATE_EQUAL),
            entry("DateLessThan", Comparison.DATE_BEFORE),
            entry("DateLessThanEquals", Comparison.DATE_NOT_AFTER),
            entry("DateGreaterThan", Comparison.DATE_AFTER),
            entry("DateGreaterThanEquals", Comparison.DATE_NOT_BEFORE));

    private static final Map<String, Comparison> NEGATED = Map.of(
            "StringNotEquals", Comparison.EQUAL,
            "StringNotEqualsIgnoreCase", Comparison.EQUAL_IN_ANY_CASE,
            "StringNotLike", Comparison.LIKE,
            "ArnNotEquals", Comparison.LIKE,
            "ArnNotLike", Comparison.LIKE,
            "NotIpAddress", Comparison.WITHIN,
            "NumericNotEquals", Comparison.NUMBER_EQUAL,
            "DateNotEquals", Comparison.DATE_EQUAL);

    /** The operator of that name; nothing when there is none. */
    static Optional<Operator> named(String text) {
        int colon = text.indexOf(':');
        Optional<Among> among =
                switch (colon < 0 ? "" : text.substring(0, colon)) {
                    case "" -> Optional.of(Among.EACH);
                    case "ForAllValues" -> Optional.of(Among.ALL);
                    case "ForAnyValue" -> Optional.of(Among.ANY);
                    default -> Optional.empty();
                };
        String name = text.substring(colon + 1);
        // Whether a key is there is known here of every key that is known at all.
        String bare = name.endsWith("IfExists") ? name.substring(0, name.length() - "IfExists".length()) : name;
        return among.flatMap(it -> Optional.ofNullable(PLAIN.get(bare))
                .map(comparison -> new Operator(comparison, false, it))
                .or(() ->
                        Optional.ofNullable(NEGATED.get(bare)).map(comparison -> new Operator(comparison, true, it))));
    }
}
