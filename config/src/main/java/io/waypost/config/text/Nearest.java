package io.waypost.config.text;

import java.util.Collection;

/** Finds the word somebody probably meant. */
public final class Nearest {

    // Nobody meant a known word with more characters than this, and comparing costs length times length.
    private static final int LONGEST = 64;

    private Nearest() {}

    /** {@code ; did you mean 'x'?} for the nearest word, else {@code ; known are a, b, c}, else nothing. */
    public static String hint(String wrong, Collection<String> right) {
        if (wrong.length() > LONGEST) {
            return "";
        }
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String word : right) {
            int distance = distance(wrong, word);
            if (distance < least) {
                least = distance;
                best = word;
            }
        }
        if (least <= Math.max(1, wrong.length() / 3)) {
            return "; did you mean '" + best + "'?";
        }
        return right.isEmpty() ? "" : "; known here: " + String.join(", ", right);
    }

    // Levenshtein distance, case ignored, two rows.
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                current[j] = Math.min(Math.min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + (same ? 0 : 1));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
