package io.waypost.smtp.checks.syntax;

import java.util.function.IntPredicate;

/**
 * The value of a structured field, read from left to right (RFC 5322 3.2). Takes one pass whatever it is given, and does not follow
 * comments deeper than {@link #DEEPEST_COMMENT}. Characters beyond ASCII count as letters (RFC 6532 3.2).
 */
public final class StructuredText {

    /** Nobody nests comments honestly; a bound keeps readers that recurse out of trouble, too. */
    public static final int DEEPEST_COMMENT = 16;

    private final String text;
    private int at;

    public StructuredText(String text) {
        this.text = text;
    }

    /** Where the next character stands. */
    public int position() {
        return at;
    }

    public boolean ended() {
        return at >= text.length();
    }

    /** The next character, -1 at the end. */
    public int peek() {
        return ended() ? -1 : text.charAt(at);
    }

    /** Passes over this character if it is the next one. */
    public boolean skip(char c) {
        if (peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    /** Passes over so many characters. */
    public void advance(int count) {
        at = Math.min(text.length(), at + count);
    }

    /** What is left. */
    public CharSequence rest() {
        return text.subSequence(at, text.length());
    }

    /** What has been passed over since a position, as written. */
    public String since(int start) {
        return text.substring(start, at);
    }

    /** Passes over blanks and comments (CFWS, RFC 5322 3.2.2); whether there were any. */
    public boolean skipBlanks() throws MalformedException {
        int start = at;
        while (!ended()) {
            char c = text.charAt(at);
            if (c == '(') {
                comment();
            } else if (c == ' ' || c == '\t') {
                at++;
            } else {
                break;
            }
        }
        return at > start;
    }

    /** The longest run of such characters from here, perhaps empty. */
    public String run(IntPredicate wanted) {
        int start = at;
        while (!ended() && wanted.test(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** A quoted string that begins here, without its quotes and backslashes (RFC 5322 3.2.4). */
    public String quotedString() throws MalformedException {
        if (!skip('"')) {
            throw new MalformedException("no quoted string");
        }
        StringBuilder content = new StringBuilder();
        while (!ended()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return content.toString();
            }
            if (c == '\\') {
                if (ended()) {
                    break;
                }
                c = text.charAt(at++);
            }
            content.append(c);
        }
        throw new MalformedException("a quoted string does not end");
    }

    private void comment() throws MalformedException {
        int depth = 0;
        while (!ended()) {
            char c = text.charAt(at++);
            if (c == '\\') {
                if (ended()) {
                    break;
                }
                at++;
            } else if (c == '(' && ++depth > DEEPEST_COMMENT) {
                throw new MalformedException("comments are nested too deeply");
            } else if (c == ')' && --depth == 0) {
                return;
            }
        }
        throw new MalformedException("a comment does not end");
    }

    /** Whether an atom may hold it (RFC 5322 3.2.3, RFC 6532 3.2). */
    public static boolean isAtomText(int c) {
        return isLetterOrDigit(c) || c > 0x7f || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }

    public static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** Whether a MIME token may hold it (RFC 2045 5.1). */
    public static boolean isTokenText(int c) {
        return c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?=".indexOf(c) < 0;
    }
}
