package io.waypost.rules.pattern;

import java.util.List;

/**
 * Which characters one place of an expression takes.
 *
 * @param ranges what is in the set
 * @param negated everything else instead
 * @param ignoreCase whether a letter stands for its other case, too
 */
record CharacterSet(List<Range> ranges, boolean negated, boolean ignoreCase) {

    /** Code points from {@code first} to {@code last}, both included. */
    record Range(int first, int last) {}

    CharacterSet {
        ranges = List.copyOf(ranges);
    }

    static CharacterSet any() {
        return new CharacterSet(List.of(new Range(0, Character.MAX_CODE_POINT)), false, false);
    }

    boolean takes(int codePoint) {
        boolean in = holds(codePoint)
                || (ignoreCase && (holds(Character.toLowerCase(codePoint)) || holds(Character.toUpperCase(codePoint))));
        return in != negated;
    }

    private boolean holds(int codePoint) {
        for (Range range : ranges) {
            if (codePoint >= range.first && codePoint <= range.last) {
                return true;
            }
        }
        return false;
    }
}
