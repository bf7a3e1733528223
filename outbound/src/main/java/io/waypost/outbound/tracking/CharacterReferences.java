package io.waypost.outbound.tracking;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an attribute's value means, its character references read (WHATWG HTML 13.2.5.72). Only values of ASCII characters have a
 * meaning here: addresses have no others.
 */
final class CharacterReferences {

    // Those that mean a character of ASCII and stand in addresses; with a semicolon.
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("AMP", "&"),
            Map.entry("lt", "<"),
            Map.entry("LT", "<"),
            Map.entry("gt", ">"),
            Map.entry("GT", ">"),
            Map.entry("quot", "\""),
            Map.entry("QUOT", "\""),
            Map.entry("apos", "'"),
            Map.entry("colon", ":"),
            Map.entry("sol", "/"),
            Map.entry("period", "."),
            Map.entry("quest", "?"),
            Map.entry("num", "#"),
            Map.entry("equals", "="),
            Map.entry("percnt", "%"),
            Map.entry("plus", "+"),
            Map.entry("comma", ","),
            Map.entry("semi", ";"),
            Map.entry("lowbar", "_"),
            Map.entry("commat", "@"),
            Map.entry("excl", "!"),
            Map.entry("dollar", "$"),
            Map.entry("lpar", "("),
            Map.entry("rpar", ")"),
            Map.entry("ast", "*"),
            Map.entry("Tab", "\t"),
            Map.entry("NewLine", "\n"));

    private static final Set<String> BARE_ASCII = Set.of("amp", "AMP", "lt", "LT", "gt", "GT", "quot", "QUOT");

    // These mean a character beyond ASCII even without a semicolon.
    private static final Set<String> BARE_OTHERS = Set.of(("AElig Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH"
                    + " Eacute Ecirc Egrave Euml Iacute Icirc Igrave Iuml Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml REG"
                    + " THORN Uacute Ucirc Ugrave Uuml Yacute aacute acirc acute aelig agrave aring atilde auml brvbar ccedil"
                    + " cedil cent copy curren deg divide eacute ecirc egrave eth euml frac12 frac14 frac34 iacute icirc iexcl"
                    + " igrave iquest iuml laquo macr micro middot nbsp not ntilde oacute ocirc ograve ordf ordm oslash otilde"
                    + " ouml para plusmn pound raquo reg sect shy sup1 sup2 sup3 szlig thorn times uacute ucirc ugrave uml"
                    + " uuml yacute yen yuml")
            .split(" "));

    private final String value;
    private final StringBuilder out;
    private int at;

    private CharacterReferences(String value) {
        this.value = value;
        this.out = new StringBuilder(value.length());
    }

    /** The text that a value means; empty when there is, or may be, a character beyond ASCII in it. */
    static Optional<String> read(String value) {
        return new CharacterReferences(value).read();
    }

    private Optional<String> read() {
        while (at < value.length()) {
            char c = value.charAt(at);
            if (c >= 0x80 || (c == '&' && !reference())) {
                return Optional.empty();
            }
            if (c != '&') {
                out.append(c);
                at++;
            }
        }
        return Optional.of(out.toString());
    }

    // Reads what begins with the ampersand, be it a reference or not; false when its meaning is not known here.
    private boolean reference() {
        if (value.startsWith("&#", at)) {
            return number();
        }
        int end = at + 1;
        while (end < value.length() && isAlphanumeric(value.charAt(end))) {
            end++;
        }
        String name = value.substring(at + 1, end);
        char next = end < value.length() ? value.charAt(end) : ' ';
        if (next == ';' && !name.isEmpty()) {
            String meant = NAMED.get(name);
            if (meant == null) {
                return false;
            }
            out.append(meant);
            at = end + 1;
            return true;
        }
        // In an attribute a name that = follows is text: ?a=1&copy=2 means what it says.
        if (next != '=' && BARE_OTHERS.contains(name)) {
            return false;
        }
        if (next != '=' && BARE_ASCII.contains(name)) {
            out.append(NAMED.get(name));
        } else {
            out.append(value, at, end);
        }
        at = end;
        return true;
    }

    private boolean number() {
        int begin = at + 2;
        int radix = 10;
        if (begin < value.length() && (value.charAt(begin) == 'x' || value.charAt(begin) == 'X')) {
            radix = 16;
            begin++;
        }
        int end = begin;
        int code = 0;
        while (end < value.length()
                && value.charAt(end) < 0x80
                && Character.digit(value.charAt(end), radix) >= 0
                && code < 0x80) {
            code = code * radix + Character.digit(value.charAt(end), radix);
            end++;
        }
        if (end == begin || code == 0 || code >= 0x80) {
            return false;
        }
        out.append((char) code);
        at = end < value.length() && value.charAt(end) == ';' ? end + 1 : end;
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
