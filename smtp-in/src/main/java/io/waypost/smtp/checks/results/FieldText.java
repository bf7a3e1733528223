package io.waypost.smtp.checks.results;

import io.waypost.smtp.checks.syntax.StructuredText;

/**
 * Any text in a form that it cannot leave: a token, an address, a quoted string or a comment (RFC 8601 2.2, RFC 5322 3.2). Control
 * characters, and without SMTPUTF8 everything beyond ASCII, become question marks.
 *
 * <p>An equals sign in a quoted string gets a backslash, which means nothing to a reader of the grammar and keeps others, who search
 * for {@code dmarc=pass} or decode encoded words first, from finding some in a sender's words.
 */
final class FieldText {

    // In octets: the longest address (RFC 5321 4.5.3.1), and a reason as long as verdicts have it.
    private static final int LONGEST_VALUE = 320;
    private static final int LONGEST_COMMENT = 300;

    private static final String CUT = "...";

    // RFC 5322 3.2.3 without letters and digits, and without the equals sign, see above.
    private static final String ATOM_SIGNS = "!#$%&'*+/?^_`{|}~-";

    private FieldText() {}

    /** A property's value: as it is where it is a token or an address, else quoted. */
    static String propertyValue(String text, boolean utf8) {
        String clean = clean(text, utf8, LONGEST_VALUE);
        return isAddress(clean) ? clean : quoted(clean);
    }

    /** RFC 8601 2.2, the part of pvalue that is no value: a domain of two labels or more behind an at sign, and perhaps a dot-atom. */
    private static boolean isAddress(String text) {
        int at = text.indexOf('@');
        return at >= 0 && (at == 0 || isDotAtom(text, at)) && isDomain(text, at + 1);
    }

    private static boolean isDotAtom(String text, int end) {
        boolean afterDot = true;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.' ? afterDot : !StructuredText.isLetterOrDigit(c) && ATOM_SIGNS.indexOf(c) < 0) {
                return false;
            }
            afterDot = c == '.';
        }
        return !afterDot;
    }

    private static boolean isDomain(String text, int start) {
        int dots = 0;
        char before = '.';
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean edge = before == '.' || before == '-';
            if (c == '.' ? edge : c == '-' ? before == '.' : !StructuredText.isLetterOrDigit(c)) {
                return false;
            }
            dots += c == '.' ? 1 : 0;
            before = c;
        }
        return dots > 0 && before != '.' && before != '-';
    }

    /** A value (RFC 8601 2.2): as it is where it is a token, else quoted. */
    static String value(String text, boolean utf8) {
        return quoted(clean(text, utf8, LONGEST_VALUE));
    }

    /** A comment with its parentheses. */
    static String comment(String text, boolean utf8) {
        String clean = clean(text, utf8, LONGEST_COMMENT);
        StringBuilder out = new StringBuilder(clean.length() + 16).append('(');
        int wordStart = 0;
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            // One letter before it is a tag of a policy or a signature; methods have longer names.
            boolean harmless = c == '=' && i - wordStart == 1 && !clean.startsWith("?", i + 1);
            if (c == '(' || c == ')' || c == '\\' || (c == '=' && !harmless)) {
                out.append('\\');
            }
            if (!StructuredText.isLetterOrDigit(c)) {
                wordStart = i + 1;
            }
            out.append(c);
        }
        return out.append(')').toString();
    }

    private static String quoted(String clean) {
        if (!clean.isEmpty() && clean.chars().allMatch(StructuredText::isTokenText)) {
            return clean;
        }
        StringBuilder out = new StringBuilder(clean.length() + 16).append('"');
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (c == '"' || c == '\\' || c == '=') {
                out.append('\\');
            }
            out.append(c);
        }
        return out.append('"').toString();
    }

    /** What can stand in a field, cut to so many octets. */
    static String clean(String text, boolean utf8, int longest) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), longest));
        int octets = 0;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int kept = isKept(c, utf8) ? c : '?';
            octets += octets(kept);
            if (octets > longest) {
                out.setLength(beforeCut(out, longest - CUT.length()));
                return out.append(CUT).toString();
            }
            out.appendCodePoint(kept);
        }
        return out.toString();
    }

    private static int beforeCut(StringBuilder text, int longest) {
        int octets = 0;
        int i = 0;
        while (i < text.length()) {
            octets += octets(text.codePointAt(i));
            if (octets > longest) {
                break;
            }
            i += Character.charCount(text.codePointAt(i));
        }
        return i;
    }

    private static boolean isKept(int c, boolean utf8) {
        if (c < 0x80) {
            return c >= ' ' && c != 0x7f;
        }
        return utf8
                && switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.UNASSIGNED,
                            Character.PRIVATE_USE -> false;
                    default -> true;
                };
    }

    private static int octets(int c) {
        if (c < 0x80) {
            return 1;
        }
        if (c < 0x800) {
            return 2;
        }
        return c < 0x10000 ? 3 : 4;
    }
}
