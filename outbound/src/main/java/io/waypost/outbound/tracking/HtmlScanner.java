package io.waypost.outbound.tracking;

import java.util.Set;

/**
 * Finds the tags of an HTML text as a browser does (WHATWG HTML 13.2.5): whatever stands in comments, scripts and style sheets is no
 * tag, and quotes within a tag hide its end. Makes no tree, never fails, and looks at each character once. For one thread.
 */
final class HtmlScanner {

    // Their content is text up to their own end tag (WHATWG HTML 13.2.5.2, 13.2.5.3, 13.2.5.4).
    private static final Set<String> TEXT_ONLY =
            Set.of("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes");

    private static final int LONGEST_NAME = 32;

    private final String html;
    private final Found found;
    private int at;

    /** Hears what stands in the text, in its order. Places are indexes in the text. */
    interface Found {

        /** Text between tags. */
        void text(int from, int to);

        /**
         * An attribute of the start tag that {@link #startTag} will tell.
         *
         * @param tag the tag's name, lower case
         * @param attribute where it stands, with its value
         */
        void attribute(String tag, Attribute attribute);

        /** A start tag has ended. */
        void startTag(String name);

        /** @param begin of the tag */
        void endTag(String name, int begin);
    }

    /**
     * Where an attribute stands.
     *
     * @param begin of the blanks before it
     * @param name its first character
     * @param nameEnd behind its name
     * @param value the first character of its value, behind the quote; the same as {@code valueEnd} where it has none
     * @param valueEnd behind its value, before the quote
     * @param end behind all of it
     */
    record Attribute(int begin, int name, int nameEnd, int value, int valueEnd, int end) {}

    private HtmlScanner(String html, Found found) {
        this.html = html;
        this.found = found;
    }

    static void scan(String html, Found found) {
        new HtmlScanner(html, found).scan();
    }

    private void scan() {
        int text = 0;
        while (at < html.length()) {
            int open = html.indexOf('<', at);
            if (open < 0) {
                break;
            }
            char next = charAt(open + 1);
            if (!isLetter(next) && next != '/' && next != '!' && next != '?') {
                at = open + 1;
                continue;
            }
            found.text(text, open);
            at = open + 1;
            markup(open, next);
            text = at;
        }
        found.text(text, html.length());
        at = html.length();
    }

    private void markup(int open, char next) {
        if (isLetter(next)) {
            String name = name();
            if (attributes(name)) {
                found.startTag(name);
                content(name);
            }
        } else if (next == '/' && isLetter(charAt(open + 2))) {
            at = open + 2;
            String name = name();
            if (attributes("/")) {
                found.endTag(name, open);
            }
        } else if (html.startsWith("<!--", open)) {
            comment(open + 4);
        } else {
            // What is no comment and no tag is passed over up to the next >.
            at = behind(html.indexOf('>', open + 1), 1);
        }
    }

    // WHATWG HTML 13.2.5.43 to 13.2.5.51: <!--> and <!---> are whole comments, and --!> ends one, too.
    private void comment(int from) {
        if (html.startsWith(">", from)) {
            at = from + 1;
        } else if (html.startsWith("->", from)) {
            at = from + 2;
        } else {
            int end = html.indexOf("--", from);
            while (end >= 0 && charAt(end + 2) != '>' && !html.startsWith("!>", end + 2)) {
                end = html.indexOf("--", end + 1);
            }
            at = behind(end, end >= 0 && charAt(end + 2) == '>' ? 3 : 4);
        }
    }

    private int behind(int found, int length) {
        return found < 0 ? html.length() : found + length;
    }

    private String name() {
        int begin = at;
        while (at < html.length() && !isBlank(html.charAt(at)) && html.charAt(at) != '/' && html.charAt(at) != '>') {
            at++;
        }
        return lower(begin, Math.min(at, begin + LONGEST_NAME));
    }

    // True when the tag came to its end.
    private boolean attributes(String tag) {
        while (true) {
            int begin = at;
            while (at < html.length() && (isBlank(html.charAt(at)) || html.charAt(at) == '/')) {
                // A slash is no blank that may go with the attribute behind it.
                begin = html.charAt(at) == '/' ? at + 1 : begin;
                at++;
            }
            if (at >= html.length()) {
                return false;
            }
            if (html.charAt(at) == '>') {
                at++;
                return true;
            }
            if (!attribute(tag, begin)) {
                return false;
            }
        }
    }

    private boolean attribute(String tag, int begin) {
        int name = at;
        at++; // an = that begins a name belongs to it (13.2.5.32)
        while (at < html.length() && !isBlank(html.charAt(at)) && "/>=".indexOf(html.charAt(at)) < 0) {
            at++;
        }
        int nameEnd = at;
        int equals = at;
        while (equals < html.length() && isBlank(html.charAt(equals))) {
            equals++;
        }
        if (charAt(equals) != '=') {
            found.attribute(tag, new Attribute(begin, name, nameEnd, nameEnd, nameEnd, nameEnd));
            return true;
        }
        at = equals + 1;
        while (at < html.length() && isBlank(html.charAt(at))) {
            at++;
        }
        char quote = charAt(at);
        int value = quote == '"' || quote == '\'' ? at + 1 : at;
        int valueEnd = value > at ? html.indexOf(quote, value) : unquotedEnd(value);
        if (valueEnd < 0) {
            at = html.length();
            return false;
        }
        at = value > at ? valueEnd + 1 : valueEnd;
        found.attribute(tag, new Attribute(begin, name, nameEnd, value, valueEnd, at));
        return true;
    }

    private int unquotedEnd(int from) {
        int end = from;
        while (end < html.length() && !isBlank(html.charAt(end)) && html.charAt(end) != '>') {
            end++;
        }
        return end;
    }

    private void content(String name) {
        if (name.equals("plaintext")) {
            at = html.length();
        } else if (TEXT_ONLY.contains(name)) {
            int end = at;
            do {
                end = html.indexOf("</", end);
                if (end < 0) {
                    at = html.length();
                    return;
                }
                at = end;
                end += 2;
            } while (!isEndOf(name, end));
        }
    }

    private boolean isEndOf(String name, int from) {
        char behind = charAt(from + name.length());
        return html.regionMatches(true, from, name, 0, name.length())
                && (isBlank(behind) || behind == '/' || behind == '>');
    }

    private String lower(int from, int to) {
        StringBuilder lower = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = html.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }

    private char charAt(int index) {
        return index < html.length() ? html.charAt(index) : 0;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }
}
