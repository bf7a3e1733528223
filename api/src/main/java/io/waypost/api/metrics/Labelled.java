package io.waypost.api.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * Meters by two labels. The labels come from code, never from mail; should that ever be wrong, what does not look like a word, and
 * whatever comes after a hundred words, is counted as {@code other}, so that nobody can fill the memory with them.
 */
final class Labelled<M> {

    private static final int MOST = 100;
    private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}|");

    private record Labels(String first, String second) {}

    private final Pattern wanted;
    private final BiFunction<String, String, M> maker;
    private final Map<Labels, M> meters = new ConcurrentHashMap<>();

    Labelled(BiFunction<String, String, M> maker) {
        this(WORD, maker);
    }

    /** @param wanted what a label looks like */
    Labelled(Pattern wanted, BiFunction<String, String, M> maker) {
        this.wanted = wanted;
        this.maker = maker;
    }

    M of(String first, String second) {
        M known = meters.get(new Labels(first, second));
        return known == null ? make(first, second) : known;
    }

    private M make(String first, String second) {
        boolean room = meters.size() < MOST;
        Labels labels = room ? new Labels(word(first), word(second)) : new Labels("other", "other");
        return meters.computeIfAbsent(labels, key -> maker.apply(key.first, key.second));
    }

    private String word(String text) {
        return wanted.matcher(text).matches() ? text : "other";
    }
}
