package io.waypost.message.dsn;

import io.waypost.message.EmailAddress;
import java.util.regex.Pattern;

/** Writes header fields from texts that nobody vouches for: no control character, no line end, no endless line gets through. */
final class HeaderText {

    /** Longer values are cut: with its name, a field then always fits the 998 characters of RFC 5322 2.1.1. */
    static final int LONGEST = 900;

    private static final int FOLD_AT = 76;
    private static final Pattern DOT_ATOM = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\u0080-\\uFFFF-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\u0080-\\uFFFF-]+)*");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]|\\\\.)*\"");

    private HeaderText() {}

    /** One field with its CRLF, folded at blanks; the value must be clean. */
    static String field(String name, String value) {
        StringBuilder out = new StringBuilder(name).append(':');
        int column = out.length();
        for (String word : cut(value).split(" ", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            if (column + 1 + word.length() > FOLD_AT && column > name.length() + 1) {
                out.append("\r\n");
                column = 0;
            }
            out.append(' ').append(word);
            column += 1 + word.length();
        }
        return out.append("\r\n").toString();
    }

    /** Printable ASCII stays, everything else becomes a question mark. */
    static String ascii(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return cut(out.toString());
    }

    /** Like {@link #ascii}, but what UTF-8 can carry in a header stays, too (RFC 6532 3.1). */
    static String utf8(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(isPrintable(c) ? c : '?'));
        return cut(out.toString());
    }

    /** An address in angle brackets as a header wants it: a local part that would mean something else is quoted. */
    static String mailbox(EmailAddress address) {
        String local = utf8(address.localPart());
        if (!DOT_ATOM.matcher(local).matches() && !QUOTED.matcher(local).matches()) {
            local = '"' + local.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
        String domain = utf8(address.domain().name()).replaceAll("[<>(),;\\\\\" ]", "?");
        return "<" + local + "@" + domain + ">";
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static boolean isPrintable(int c) {
        return c >= ' '
                && c != 0x7f
                && !Character.isISOControl(c)
                && Character.getType(c) != Character.SURROGATE
                && Character.getType(c) != Character.LINE_SEPARATOR
                && Character.getType(c) != Character.PARAGRAPH_SEPARATOR;
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(LONGEST - 1));
        return text.substring(0, splitsPair ? LONGEST - 1 : LONGEST);
    }
}
