package io.waypost.rules.pattern;

import io.waypost.rules.pattern.Program.Step;

/**
 * A regular expression whose time to match is bounded by (length of the text) x (length of the expression): all possible
 * ways are followed side by side instead of one after the other. There is no text that makes it hang, so that it may be run on what
 * strangers write.
 *
 * <p>Immutable and safe to share.
 */
public final class LinearPattern {

    /** The longest expression, in characters. */
    public static final int MAX_LENGTH = 1000;

    private static final int MAX_STEPS = 1000;

    private final String expression;
    private final Step[] steps;

    private LinearPattern(String expression, Program program) {
        this.expression = expression;
        this.steps = program.steps().toArray(new Step[0]);
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException with the reason when it is no expression, or one that cannot be matched in linear time
     */
    public static LinearPattern of(String expression) {
        if (expression.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("it is longer than " + MAX_LENGTH + " characters");
        }
        return new LinearPattern(expression, Program.of(SyntaxReader.read(expression), MAX_STEPS));
    }

    /** Whether it matches somewhere in the text; {@code ^} and {@code $} bind it to the ends. */
    public boolean isFoundIn(String text) {
        return new Search(text.codePoints().toArray()).run();
    }

    /** The expression as written. */
    @Override
    public String toString() {
        return expression;
    }

    /** One search: the set of steps reached so far, moved over the text character by character. */
    private final class Search {
        private final int[] text;
        private int[] now = new int[steps.length];
        private int[] next = new int[steps.length];
        private int nowSize;
        private int nextSize;
        // The position (plus one) at which a step was reached last: a set that needs no clearing.
        private final int[] reachedAt = new int[steps.length];
        private final int[] pending = new int[2 * steps.length + 2];

        Search(int[] text) {
            this.text = text;
        }

        boolean run() {
            for (int at = 0; ; at++) {
                if (reach(0, at)) {
                    return true;
                }
                swap();
                if (at == text.length) {
                    return false;
                }
                for (int i = 0; i < nowSize; i++) {
                    if (((Step.Take) steps[now[i]]).set().takes(text[at]) && reach(now[i] + 1, at + 1)) {
                        return true;
                    }
                }
            }
        }

        // Adds every step that can be reached without a character; true when the match is among them.
        private boolean reach(int step, int at) {
            int size = 0;
            pending[size++] = step;
            while (size > 0) {
                int current = pending[--size];
                if (reachedAt[current] == at + 1) {
                    continue;
                }
                reachedAt[current] = at + 1;
                switch (steps[current]) {
                    case Step.Match match -> {
                        return true;
                    }
                    case Step.Take take -> next[nextSize++] = current;
                    case Step.Split split -> {
                        pending[size++] = split.one();
                        pending[size++] = split.other();
                    }
                    case Step.At place -> {
                        if (isAt(place.edge(), at)) {
                            pending[size++] = current + 1;
                        }
                    }
                }
            }
            return false;
        }

        private void swap() {
            int[] old = now;
            now = next;
            nowSize = nextSize;
            next = old;
            nextSize = 0;
        }

        private boolean isAt(Syntax.Edge edge, int at) {
            return switch (edge) {
                case START -> at == 0;
                case END -> at == text.length;
                case WORD_EDGE -> isWord(at - 1) != isWord(at);
                case INSIDE -> isWord(at - 1) == isWord(at);
            };
        }

        private boolean isWord(int at) {
            if (at < 0 || at >= text.length) {
                return false;
            }
            int c = text[at];
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
        }
    }
}
