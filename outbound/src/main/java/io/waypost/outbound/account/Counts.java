package io.waypost.outbound.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Numbers by time: how often each of a few things happened in each slice of a while. Not safe for several threads.
 *
 * <p>As text: a line a slice, {@code EPOCH-SECOND n n ...}.
 */
final class Counts {

    private final Duration slice;
    private final Duration kept;
    private final int columns;
    private final NavigableMap<Long, long[]> slices = new TreeMap<>();

    /**
     * @param slice how exactly times are known
     * @param kept how long a slice counts after its begin
     * @param columns how many things are counted
     */
    Counts(Duration slice, Duration kept, int columns) {
        this.slice = slice;
        this.kept = kept;
        this.columns = columns;
    }

    void add(Instant at, int column, long number) {
        long begin = Math.floorDiv(at.getEpochSecond(), slice.toSeconds()) * slice.toSeconds();
        slices.computeIfAbsent(begin, second -> new long[columns])[column] += number;
    }

    long sum(int column, Instant now) {
        forget(now);
        return slices.values().stream().mapToLong(numbers -> numbers[column]).sum();
    }

    /** Numbers by the begin of their slice, oldest first. */
    Map<Instant, long[]> slices(Instant now) {
        forget(now);
        Map<Instant, long[]> all = new TreeMap<>();
        slices.forEach((second, numbers) -> all.put(Instant.ofEpochSecond(second), numbers.clone()));
        return all;
    }

    String text(Instant now) {
        forget(now);
        return slices.entrySet().stream()
                .map(entry -> entry.getKey() + " "
                        + Arrays.stream(entry.getValue())
                                .mapToObj(Long::toString)
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n"));
    }

    /** @throws IllegalArgumentException when {@link #text} did not write it */
    void read(String text) {
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", -1);
            if (words.length != columns + 1) {
                throw new IllegalArgumentException("not a line of counts: " + line);
            }
            long[] numbers =
                    Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray();
            slices.put(Long.parseLong(words[0]), numbers);
        }
    }

    boolean isEmpty(Instant now) {
        forget(now);
        return slices.isEmpty();
    }

    /** Forgets slices that ended before. */
    void forgetBefore(Instant moment) {
        slices.headMap(moment.minus(slice).getEpochSecond(), true).clear();
    }

    private void forget(Instant now) {
        slices.headMap(now.minus(kept).getEpochSecond(), true).clear();
    }
}
