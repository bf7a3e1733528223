package io.waypost.smtp.checks.results;

import io.waypost.smtp.checks.syntax.StructuredText;
import java.util.List;
import java.util.Optional;

/**
 * The result of one authentication method, one statement of the field (RFC 8601 2.2).
 *
 * @param method its registered name, such as {@code dkim}
 * @param result the method's own word (RFC 8601 2.7)
 * @param reason why; any text
 * @param comment for people only; any text
 * @param properties what was looked at, in order
 */
public record MethodResult(
        String method, String result, Optional<String> reason, Optional<String> comment, List<Property> properties) {

    /**
     * @throws IllegalArgumentException where method or result is no keyword (RFC 5321 4.1.2): those words are ours, never a sender's
     */
    public MethodResult {
        requireKeyword(method);
        requireKeyword(result);
        properties = List.copyOf(properties);
    }

    /**
     * A property that was looked at.
     *
     * @param type {@code smtp}, {@code header}, {@code body}, {@code policy} or {@code dns} (RFC 8601 2.3, RFC 8904)
     * @param name its name, such as {@code mailfrom}
     * @param value any text; a sender's as a rule
     */
    public record Property(String type, String name, String value) {
        /**
         * @throws IllegalArgumentException where type or name is no keyword
         */
        public Property {
            requireKeyword(type);
            requireKeyword(name);
        }
    }

    private static void requireKeyword(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!StructuredText.isLetterOrDigit(word.charAt(i)) && word.charAt(i) != '-') {
                throw new IllegalArgumentException("not a keyword: " + word);
            }
        }
        if (word.isEmpty() || word.endsWith("-")) {
            throw new IllegalArgumentException("not a keyword: " + word);
        }
    }
}
