package io.waypost.smtp.checks.spf;

/** Texts of strangers, made fit for logs, replies and header fields. */
final class SafeText {

    private static final int LONGEST_LINE = 300;
    private static final int LONGEST_QUOTATION = 60;

    private SafeText() {}

    /** One line of a reason. */
    static String line(String text) {
        return ascii(text, LONGEST_LINE);
    }

    /** A piece of a record or a name inside a reason. */
    static String quotation(String text) {
        return ascii(text, LONGEST_QUOTATION);
    }

    /** Printable ASCII stays, everything else becomes a question mark; what is longer than {@code longest} ends in dots. */
    static String ascii(String text, int longest) {
        String cut = text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
        return isPrintable(cut)
                ? cut
                : cut.codePoints()
                        .map(c -> c >= ' ' && c <= '~' ? c : '?')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    /** Whether all of it is printable ASCII, blanks included. */
    static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }
}
