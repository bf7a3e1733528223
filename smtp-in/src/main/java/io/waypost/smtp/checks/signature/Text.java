package io.waypost.smtp.checks.signature;

import java.util.ArrayList;
import java.util.List;

/** Small things about the text of tag values: folding white space, lists, quoting. */
public final class Text {

    private static final int LONGEST_QUOTE = 40;

    private Text() {}

    /** FWS as it stands inside a raw field (RFC 6376 2.8). */
    static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** Without any white space, as base64 wants it (RFC 6376 2.10). */
    public static String withoutWhiteSpace(String text) {
        int first = 0;
        while (first < text.length() && !isWhiteSpace(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!isWhiteSpace(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    /** Without white space at both ends. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhiteSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** The items of a colon-separated list, without the white space around them; empty items stay. */
    static List<String> list(String text) {
        List<String> items = new ArrayList<>();
        int from = 0;
        for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', from)) {
            items.add(trim(text.substring(from, colon)));
            from = colon + 1;
        }
        items.add(trim(text.substring(from)));
        return items;
    }

    /** What a stranger wrote, fit for a log: short, printable ASCII, in quotes. */
    public static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), LONGEST_QUOTE); i++) {
            char c = text.charAt(i);
            shown.append(c >= ' ' && c < 0x7f && c != '"' ? c : '?');
        }
        return shown.append(text.length() > LONGEST_QUOTE ? "...\"" : "\"").toString();
    }
}
