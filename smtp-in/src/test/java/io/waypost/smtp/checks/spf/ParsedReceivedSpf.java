package io.waypost.smtp.checks.spf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field's value as the grammar of RFC 7208 9.1 reads it, strictly.
 *
 * @param values in their order, quoting removed
 */
record ParsedReceivedSpf(String result, String comment, Map<String, String> values) {

    private static final Pattern HEAD =
            Pattern.compile("(pass|fail|softfail|neutral|none|temperror|permerror) \\(([!-'*-\\[\\]-~ ]*)\\) ");
    private static final Pattern PAIR = Pattern.compile("([a-z]+(?:-[a-z]+)*)="
            + "(?:([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)|\"((?:[ !#-\\[\\]-~]|\\\\[ -~])*)\")"
            + ";(?: |$)");

    static ParsedReceivedSpf parse(String value) {
        // RFC 5322 2.2.3: unfolding takes the line end away, and nothing else.
        String line = value.replace("\r\n ", " ");
        Matcher head = HEAD.matcher(line);
        if (!head.lookingAt()) {
            throw new IllegalArgumentException("no result and comment: " + line);
        }
        Map<String, String> values = new LinkedHashMap<>();
        Matcher pair = PAIR.matcher(line);
        int at = head.end();
        while (at < line.length()) {
            if (!pair.region(at, line.length()).lookingAt()) {
                throw new IllegalArgumentException("no pair at " + at + ": " + line);
            }
            String quoted = pair.group(3);
            String before =
                    values.put(pair.group(1), quoted == null ? pair.group(2) : quoted.replaceAll("\\\\(.)", "$1"));
            if (before != null) {
                throw new IllegalArgumentException("twice: " + pair.group(1));
            }
            at = pair.end();
        }
        return new ParsedReceivedSpf(head.group(1), head.group(2), values);
    }
}
