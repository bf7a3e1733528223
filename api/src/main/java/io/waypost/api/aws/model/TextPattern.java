package io.waypost.api.aws.model;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A pattern that a whole text must match, tried in bounded time: the text is written by strangers, and the JDK's expressions can take
 * exponential time.
 *
 * <p>Two patterns of the models do so by themselves; they are matched by others that take the same texts. Whatever a later model brings
 * is stopped by a budget of steps, and then counts as not matched.
 */
public final class TextPattern {

    /** The longest text that is tried; a longer one does not match. The models' own limits for such texts are far below. */
    public static final int LONGEST = 25_000;

    private static final Map<String, String> SAME_TEXTS = Map.of(
            "(([0-9]|.|:|/)*)", ".*",
            "s3://[a-zA-Z0-9.-]{3,63}(/[a-zA-Z0-9!_.*'()/-]*)*", "s3://[a-zA-Z0-9.-]{3,63}(/[a-zA-Z0-9!_.*'()/-]*)?");

    private static final int STEPS_A_CHARACTER = 200;

    private final String source;
    private final Pattern pattern;
    private final boolean takesAll;

    /** @throws java.util.regex.PatternSyntaxException when it is none */
    public TextPattern(String source) {
        this.source = source;
        this.pattern = Pattern.compile(SAME_TEXTS.getOrDefault(source, source));
        this.takesAll = source.equals("[\\P{C}\\s]*");
    }

    /** The pattern as the model has it: AWS' words repeat it. */
    public String source() {
        return source;
    }

    public boolean matches(String text) {
        if (takesAll) {
            return text.codePoints().allMatch(TextPattern::isPrintedOrSpace);
        }
        if (text.length() > LONGEST) {
            return false;
        }
        try {
            return pattern.matcher(new Budget(text)).matches();
        } catch (OutOfSteps e) {
            return false;
        }
    }

    // The certificates' pattern, of texts up to 500,000 characters: letter by letter instead of an expression.
    private static boolean isPrintedOrSpace(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point >= '\t' && point <= '\r';
            case Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static final class OutOfSteps extends RuntimeException {

        private static final long serialVersionUID = 1;

        OutOfSteps() {
            super(null, null, false, false);
        }
    }

    /** Counts the looks that an expression takes at the text. */
    private static final class Budget implements CharSequence {

        private final String text;
        private long left;

        Budget(String text) {
            this.text = text;
            this.left = 2_000L + (long) STEPS_A_CHARACTER * text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new OutOfSteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
