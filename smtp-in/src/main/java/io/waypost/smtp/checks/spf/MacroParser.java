package io.waypost.smtp.checks.spf;

import java.util.ArrayList;
import java.util.List;

/** Reads the grammar of RFC 7208 7.1, once from left to right. */
final class MacroParser {

    /** Where the text stands: that decides which letters and characters it may have. */
    enum Place {
        /** A domain-spec. */
        DOMAIN,
        /** The value of a modifier that SPF does not know. */
        MODIFIER,
        /** An explain-string, which may have blanks (RFC 7208 6.2). */
        EXPLANATION
    }

    private static final String LETTERS = "slodiphv";
    // RFC 7208 7.2: allowed in explanations only.
    private static final String EXPLANATION_LETTERS = "crt";
    private static final String DELIMITERS = ".-+,/_=";
    // RFC 7208 7.3 wants 127 to be understood; no value has more parts than this.
    private static final int MOST_PARTS = 1000;

    private final String text;
    private final Place place;
    private final List<MacroString.Part> parts = new ArrayList<>();
    private int at;
    private int literal;

    private MacroParser(String text, Place place) {
        this.text = text;
        this.place = place;
    }

    static MacroString parse(String text, Place place) throws SpfError {
        return new MacroParser(text, place).all();
    }

    /** A domain-spec: a macro-string that ends in a macro or in a top-level label. */
    static MacroString domainSpec(String text) throws SpfError {
        MacroParser parser = new MacroParser(text, Place.DOMAIN);
        MacroString parsed = parser.all();
        if (text.isEmpty() || (parser.literal < text.length() && !endsInLabel(text.substring(parser.literal)))) {
            throw SpfError.permanent("not a domain: \"" + SafeText.quotation(text) + "\"");
        }
        return parsed;
    }

    private MacroString all() throws SpfError {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '%') {
                endLiteral();
                expand();
                literal = at;
            } else if (c > ' ' && c <= '~' || (c == ' ' && place == Place.EXPLANATION)) {
                at++;
            } else {
                throw broken("a character that must not be there");
            }
        }
        endLiteral();
        return new MacroString(parts);
    }

    private void endLiteral() {
        if (literal < at) {
            parts.add(new MacroString.Literal(text.substring(literal, at)));
        }
    }

    private void expand() throws SpfError {
        at++;
        switch (next()) {
            case '%' -> parts.add(new MacroString.Literal("%"));
            case '_' -> parts.add(new MacroString.Literal(" "));
            case '-' -> parts.add(new MacroString.Literal("%20"));
            case '{' -> parts.add(macro());
            default -> throw broken("a % that begins no macro");
        }
    }

    private MacroString.Macro macro() throws SpfError {
        char letter = next();
        char lower = letter >= 'A' && letter <= 'Z' ? (char) (letter - 'A' + 'a') : letter;
        if (LETTERS.indexOf(lower) < 0 && (place == Place.DOMAIN || EXPLANATION_LETTERS.indexOf(lower) < 0)) {
            throw broken("a macro letter that must not be there");
        }
        int rightmost = Integer.MAX_VALUE;
        char c = next();
        if (isDigit(c)) {
            rightmost = 0;
            for (; isDigit(c); c = next()) {
                rightmost = Math.min(MOST_PARTS, rightmost * 10 + c - '0');
            }
            if (rightmost == 0) {
                throw broken("a macro that keeps nothing");
            }
        }
        boolean reversed = c == 'r' || c == 'R';
        if (reversed) {
            c = next();
        }
        int delimiters = at - 1;
        while (DELIMITERS.indexOf(c) >= 0) {
            c = next();
        }
        if (c != '}') {
            throw broken("a macro that does not end");
        }
        String separators = delimiters == at - 1 ? "." : text.substring(delimiters, at - 1);
        return new MacroString.Macro(lower, letter != lower, rightmost, reversed, separators);
    }

    private char next() throws SpfError {
        if (at == text.length()) {
            throw broken("a macro that does not end");
        }
        return text.charAt(at++);
    }

    private SpfError broken(String why) {
        return SpfError.permanent("\"" + SafeText.quotation(text) + "\" has " + why);
    }

    /** Whether it ends in {@code "." toplabel [ "." ]}. */
    private static boolean endsInLabel(String text) {
        int end = text.endsWith(".") ? text.length() - 1 : text.length();
        int dot = text.lastIndexOf('.', end - 1);
        if (dot < 0 || dot == end - 1 || text.charAt(dot + 1) == '-' || text.charAt(end - 1) == '-') {
            return false;
        }
        boolean digitsOnly = true;
        for (int i = dot + 1; i < end; i++) {
            char c = text.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLetter && !isDigit(c) && c != '-') {
                return false;
            }
            digitsOnly &= isDigit(c);
        }
        return !digitsOnly;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
