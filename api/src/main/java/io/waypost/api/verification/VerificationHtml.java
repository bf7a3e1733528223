package io.waypost.api.verification;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The HTML that a verification mail may consist of: elements and attributes of a list (DG custom-verification-emails). Links, scripts and
 * comments are not on it, so that the only link is the server's.
 */
final class VerificationHtml {

    private static final Set<String> EVERYWHERE = Set.of("class", "id", "style", "title");
    private static final Map<String, Set<String>> MORE = more();
    private static final Pattern IMAGE =
            Pattern.compile("(?i)(https?://|data:image/[a-z0-9.+-]{1,40};base64,)[^\\s\"'<>]*");

    private final String html;
    private int at;

    private VerificationHtml(String html) {
        this.html = html;
    }

    private static Map<String, Set<String>> more() {
        Map<String, Set<String>> more = new HashMap<>();
        for (String name :
                ("abbr acronym address area b bdo big body br button caption center cite code dd del dfn dir div dl dt"
                                + " em fieldset font form h1 h2 h3 h4 h5 h6 head hr html i input ins kbd label legend li map menu"
                                + " optgroup option p pre s samp select small span strike strong sub sup tbody textarea tfoot thead"
                                + " tr tt u var")
                        .split(" ")) {
            more.put(name, Set.of());
        }
        more.put("blockquote", Set.of("cite"));
        more.put("q", Set.of("cite"));
        more.put("col", Set.of("span", "width"));
        more.put("colgroup", Set.of("span", "width"));
        more.put("img", Set.of("align", "alt", "height", "src", "width"));
        more.put("ol", Set.of("start", "type"));
        more.put("ul", Set.of("type"));
        more.put("table", Set.of("summary", "width"));
        more.put("td", Set.of("abbr", "axis", "colspan", "rowspan", "width"));
        more.put("th", Set.of("abbr", "axis", "colspan", "rowspan", "scope", "width"));
        return Map.copyOf(more);
    }

    /** Why it may not be sent; nothing when it may. */
    static Optional<String> fault(String html) {
        try {
            new VerificationHtml(html).check();
            return Optional.empty();
        } catch (FaultException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static final class FaultException extends Exception {
        private static final long serialVersionUID = 1L;

        FaultException(String words) {
            super(words, null, false, false);
        }
    }

    private void check() throws FaultException {
        while (true) {
            int open = html.indexOf('<', at);
            if (open < 0 || open + 1 >= html.length()) {
                return;
            }
            at = open + 1;
            char next = html.charAt(at);
            if (next == '!' || next == '?') {
                if (!html.regionMatches(true, at, "!doctype html", 0, "!doctype html".length())) {
                    throw new FaultException("Comments and declarations are not allowed.");
                }
                at = end('>');
            } else if (next == '/' && at + 1 < html.length() && isLetter(html.charAt(at + 1))) {
                at++;
                tag();
            } else if (isLetter(next)) {
                tag();
            }
        }
    }

    private void tag() throws FaultException {
        boolean begins = html.charAt(at - 1) == '<';
        String name = word();
        Set<String> own = MORE.get(name);
        if (own == null) {
            throw new FaultException("The tag <" + shown(name) + "> is not allowed.");
        }
        while (true) {
            skipToAttribute();
            if (html.charAt(at) == '>') {
                at++;
                if (begins && name.equals("textarea")) {
                    field();
                }
                return;
            }
            attribute(name, own);
        }
    }

    // Its content is text, quotes in it hide nothing, and it goes on to its own end tag (HTML 13.2.5.2).
    private void field() throws FaultException {
        int open = html.indexOf('<', at);
        if (open < 0) {
            return;
        }
        at = open;
        if (!html.regionMatches(true, at, "</textarea", 0, "</textarea".length())) {
            throw new FaultException("A text field can hold no tags.");
        }
    }

    private void attribute(String tag, Set<String> own) throws FaultException {
        String name = word();
        if (!EVERYWHERE.contains(name) && !own.contains(name)) {
            throw new FaultException("The attribute " + shown(name) + " of <" + tag + "> is not allowed.");
        }
        skip();
        if (html.charAt(at) != '=') {
            return;
        }
        at++;
        skip();
        char quote = html.charAt(at);
        int begin;
        int end;
        if (quote == '"' || quote == '\'') {
            begin = at + 1;
            at = begin;
            at = end(quote);
            end = at - 1;
        } else {
            begin = at;
            while (at < html.length() && html.charAt(at) != '>' && !isBlank(html.charAt(at))) {
                at++;
            }
            end = at;
        }
        if (name.equals("src") && !IMAGE.matcher(html).region(begin, end).matches()) {
            throw new FaultException("The source of an image must be a web address, or its data in base64.");
        }
    }

    /** Behind the next such character. */
    private int end(char closing) throws FaultException {
        int found = html.indexOf(closing, at);
        if (found < 0) {
            throw unfinished();
        }
        return found + 1;
    }

    private String word() throws FaultException {
        int begin = at;
        while (at < html.length() && (isLetter(html.charAt(at)) || "0123456789-_:".indexOf(html.charAt(at)) >= 0)) {
            at++;
        }
        if (at == begin) {
            throw new FaultException("A tag is no HTML.");
        }
        return html.substring(begin, at).toLowerCase(Locale.ROOT);
    }

    // A slash between attributes means nothing (HTML 13.2.5.40).
    private void skipToAttribute() throws FaultException {
        skip();
        while (html.charAt(at) == '/') {
            at++;
            skip();
        }
    }

    // Around an equals sign a slash is no blank, nor is any blank of Unicode: a value begins there (HTML 13.2.5.35).
    private void skip() throws FaultException {
        while (at < html.length() && isBlank(html.charAt(at))) {
            at++;
        }
        if (at >= html.length()) {
            throw unfinished();
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    private static FaultException unfinished() {
        return new FaultException("A tag does not end.");
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static String shown(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "...";
    }
}
