package io.waypost.message;

import java.time.Duration;

/**
 * What one check found about a mail. A check judges and never acts: what follows from a verdict is said by the rule set.
 *
 * @param status the word that rules, notifications and applications use (Amazon SES)
 * @param result the check's own word: of RFC 8601 2.7 for {@code spf}, {@code dkim}, {@code dmarc} and {@code arc}, the scanner's for
 *     the others; never empty
 * @param reason why, for people: one printable line that may quote what the sender wrote; empty when there is nothing to add
 * @param took how long the check was at work; zero where it was not asked
 */
public record Verdict(Status status, String result, String reason, Duration took) {

    /** The verdicts of Amazon SES. */
    public enum Status {
        PASS,
        FAIL,
        /** Not conclusive: no policy, no signature, a suspicion. */
        GRAY,
        /** The check could not be carried out; {@link Verdict#reason} says why. Never to be read as a pass. */
        PROCESSING_FAILED,
        /** Nobody asked for this check. */
        DISABLED
    }

    /** The longest reason that is kept. */
    public static final int LONGEST_REASON = 300;

    public Verdict {
        if (result.isEmpty()) {
            throw new IllegalArgumentException("a verdict needs a result");
        }
        reason = printable(reason);
    }

    /** The verdict of a check that nobody asked for. */
    public static Verdict disabled() {
        return new Verdict(Status.DISABLED, "none", "", Duration.ZERO);
    }

    // Reasons quote hostile text and end up in logs, on terminals and in header comments.
    private static String printable(String text) {
        String cut = text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON - 3) + "...";
        for (int i = 0; i < cut.length(); i++) {
            if (cut.charAt(i) < ' ' || cut.charAt(i) > '~') {
                return replaced(cut);
            }
        }
        return cut;
    }

    private static String replaced(String text) {
        return text.codePoints()
                .map(c -> unprintable(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean unprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> true;
            default -> false;
        };
    }
}
