package io.waypost.rules.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a failed effect is tried again: waits grow by a factor up to a limit, each spread by a fifth to both sides so that
 * what failed together does not come back together.
 *
 * @param first the wait behind the first failure
 * @param factor at least 1
 * @param most no wait is longer, unless the other side asks for it
 * @param giveUpAfter counted from when the effect first was due
 */
public record RetrySchedule(Duration first, double factor, Duration most, Duration giveUpAfter) {

    // The other side may ask for patience, not for silence: a Retry-After beyond this is cut to it.
    private static final Duration MOST_PATIENCE = Duration.ofHours(24);
    private static final double SPREAD = 0.2;

    /**
     * @param failures how often it failed, at least 1
     * @param wish the other side's own wish, which is undercut by nothing but the end
     * @param end the effect's own end, where it has one: while that lies ahead, nothing waits beyond it
     */
    public Instant next(
            Instant now, int failures, Optional<Duration> wish, Optional<Instant> end, RandomGenerator random) {
        double wait = Math.min(first.toMillis() * Math.pow(factor, failures - 1), most.toMillis());
        wait *= 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        Duration own = Duration.ofMillis(Math.max(1, (long) wait));
        Duration asked =
                wish.filter(w -> w.compareTo(MOST_PATIENCE) < 0).orElse(wish.isPresent() ? MOST_PATIENCE : own);
        Instant next = now.plus(asked.compareTo(own) > 0 ? asked : own);
        return end.filter(last -> last.isAfter(now) && last.isBefore(next)).orElse(next);
    }

    /** Whether an effect that was first due at {@code since} has had its window. */
    public boolean isOver(Instant since, Instant now) {
        return !now.isBefore(since.plus(giveUpAfter));
    }
}
