package io.waypost.message.compose;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes header fields, each with its CRLF. Whatever the texts are, no field ends early and no line exceeds 998 characters. */
final class HeaderText {

    // RFC 5322 2.1.1: 78 characters a line.
    private static final int FOLD_AT = 76;
    private static final int LONGEST_WORD = 70;
    private static final int LONGEST_QUOTED = 60;

    private static final Pattern ATOMS =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    private HeaderText() {}

    /** A field of free text (RFC 5322 2.2.1); line ends and control characters in it become blanks. */
    static String unstructured(String name, String text) {
        String shown = oneLine(text);
        return isPlain(shown) ? folded(name, shown) : name + ": " + EncodedWords.of(shown, name.length() + 2) + "\r\n";
    }

    /** A field of mailboxes, one a line. */
    static String mailboxes(String name, List<Mailbox> mailboxes) {
        return name + ": " + mailboxes.stream().map(Mailbox::written).collect(Collectors.joining(",\r\n ")) + "\r\n";
    }

    /** A field of printable ASCII, folded where a blank stands alone, so that unfolding gives the same text. */
    static String folded(String name, String value) {
        StringBuilder out = new StringBuilder(name).append(':');
        int column = out.length();
        int at = 0;
        String text = value.isEmpty() ? "" : " " + value;
        while (at < text.length()) {
            int next = nextFold(text, at + 1);
            if (column + next - at > FOLD_AT && column > name.length() + 1) {
                out.append("\r\n");
                column = 0;
            }
            out.append(text, at, next);
            column += next - at;
            at = next;
        }
        return out.append("\r\n").toString();
    }

    private static int nextFold(String text, int from) {
        for (int i = from; i < text.length() - 1; i++) {
            if (text.charAt(i) == ' ' && text.charAt(i - 1) != ' ' && text.charAt(i + 1) != ' ') {
                return i;
            }
        }
        return text.length();
    }

    /** A display name (RFC 5322 3.2.5). */
    static String phrase(String text) {
        String shown = oneLine(text);
        boolean ascii =
                shown.chars().allMatch(c -> c < 0x7f) && shown.length() <= LONGEST_QUOTED && !shown.contains("=?");
        if (!ascii) {
            return EncodedWords.of(shown, 0);
        }
        return ATOMS.matcher(shown).matches()
                ? shown
                : '"' + shown.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    // Folding must change nothing, and nothing may look like an encoded word that is none.
    private static boolean isPlain(String text) {
        if (!text.equals(text.strip()) || text.contains("  ") || text.contains("=?")) {
            return false;
        }
        int word = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            word = c == ' ' ? 0 : word + 1;
            if (c >= 0x7f || word > LONGEST_WORD) {
                return false;
            }
        }
        return true;
    }

    /** Each run of line ends and other control characters becomes one blank; halves of characters a question mark. */
    static String oneLine(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean blank = false;
        for (int c : text.codePoints().toArray()) {
            boolean control =
                    switch (Character.getType(c)) {
                        case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
                        default -> false;
                    };
            if (!control) {
                out.appendCodePoint(Character.getType(c) == Character.SURROGATE ? '?' : c);
            } else if (!blank) {
                out.append(' ');
            }
            blank = control;
        }
        return out.toString();
    }
}
