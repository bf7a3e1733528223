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

    // Edit distance, case ignored; two neighbours in the wrong order count as one slip.
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (same(a, i, b, j) ? 0 : 1);
        int least = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && same(a, i, b, j - 1) && same(a, i - 1, b, j);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }

    private static boolean same(String a, int i, String b, int j) {
        return Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
    }
}
