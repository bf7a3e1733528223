package io.waypost.smtp.checks.results;

import io.waypost.smtp.checks.results.MethodResult.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of Authentication-Results by the grammar of RFC 8601 2.2, on its own: it shares no code with the writer. Throws on
 * everything that the grammar does not know.
 */
record ParsedResults(String authservId, List<MethodResult> results) {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.0-9A-Z^_`a-z{|}~-]+");
    private static final Pattern KEYWORD = Pattern.compile("[0-9A-Za-z-]*[0-9A-Za-z]");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\\\x00-\\x1f\\x7f]|\\\\[!-~ ])*)\"");
    private static final Pattern ADDRESS = Pattern.compile("(?:[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+"
            + "(?:\\.[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+)*)?@[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)+(?=[ ;(]|$)");
    private static final Pattern COMMENT = Pattern.compile("\\(((?:[^()\\\\\\x00-\\x1f\\x7f]|\\\\[!-~ ])*)\\)");

    static ParsedResults of(String field) {
        if (!field.startsWith("Authentication-Results: ") || !field.endsWith("\r\n")) {
            throw new IllegalStateException("frame");
        }
        String body = field.substring("Authentication-Results: ".length(), field.length() - 2);
        // RFC 5322 2.2.3: unfolding takes away each CRLF before a blank, and a line of blanks only is none.
        for (String line : field.substring(0, field.length() - 2).split("\r\n", -1)) {
            if (line.isBlank()) {
                throw new IllegalStateException("blank line");
            }
        }
        Reader reader = new Reader(body.replaceAll("\r\n(?=[ \t])", ""));
        ParsedResults parsed = reader.payload();
        if (reader.at != reader.text.length()) {
            throw new IllegalStateException("rest: " + reader.text.substring(reader.at));
        }
        return parsed;
    }

    private static final class Reader {
        private final String text;
        private int at;
        private Optional<String> comment = Optional.empty();

        Reader(String text) {
            this.text = text;
        }

        ParsedResults payload() {
            blanks();
            String id = value();
            blanks();
            List<MethodResult> results = new ArrayList<>();
            if (text.substring(at).matches(";[ ]*none[ ]*")) {
                at = text.length();
                return new ParsedResults(id, results);
            }
            while (at < text.length()) {
                expect(';');
                results.add(statement());
            }
            if (results.isEmpty()) {
                throw new IllegalStateException("neither results nor none");
            }
            return new ParsedResults(id, results);
        }

        private MethodResult statement() {
            comment = Optional.empty();
            blanks();
            String method = match(KEYWORD, 0);
            expect('=');
            String result = match(KEYWORD, 0);
            blanks();
            Optional<String> reason = Optional.empty();
            if (text.startsWith("reason=", at)) {
                at += "reason=".length();
                reason = Optional.of(value());
                blanks();
            }
            List<Property> properties = new ArrayList<>();
            while (at < text.length() && text.charAt(at) != ';') {
                String type = match(KEYWORD, 0);
                expect('.');
                String name = match(KEYWORD, 0);
                expect('=');
                properties.add(new Property(type, name, propertyValue()));
                int before = at;
                blanks();
                if (before == at && at < text.length() && text.charAt(at) != ';') {
                    throw new IllegalStateException("no blank between properties");
                }
            }
            return new MethodResult(method, result, reason, comment, properties);
        }

        private String propertyValue() {
            Matcher address = ADDRESS.matcher(text).region(at, text.length());
            if (address.lookingAt()) {
                at = address.end();
                return address.group();
            }
            return value();
        }

        private String value() {
            return text.startsWith("\"", at) ? unescaped(match(QUOTED, 1)) : match(TOKEN, 0);
        }

        private void blanks() {
            while (at < text.length()) {
                if (text.charAt(at) == ' ') {
                    at++;
                } else if (text.charAt(at) == '(') {
                    comment = Optional.of(unescaped(match(COMMENT, 1)));
                } else {
                    return;
                }
            }
        }

        private String match(Pattern pattern, int group) {
            Matcher matcher = pattern.matcher(text).region(at, text.length());
            if (!matcher.lookingAt()) {
                throw new IllegalStateException(pattern + " at " + text.substring(at));
            }
            at = matcher.end();
            return matcher.group(group);
        }

        private void expect(char c) {
            if (at >= text.length() || text.charAt(at) != c) {
                throw new IllegalStateException("no " + c + " at " + at + " of " + text);
            }
            at++;
        }

        private static String unescaped(String text) {
            return text.replaceAll("\\\\(.)", "$1");
        }
    }
}
