package io.waypost.rules.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RetryScheduleTest {

    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");

    private final RetrySchedule schedule =
            new RetrySchedule(Duration.ofSeconds(10), 2, Duration.ofHours(1), Duration.ofDays(3));

    static Stream<Arguments> waits() {
        return Stream.of(
                Arguments.of("the first failure", 1, 0, 0, 8, 12),
                Arguments.of("the third failure", 3, 0, 0, 32, 48),
                Arguments.of("the longest pause", 30, 0, 0, 2880, 4320),
                Arguments.of("a wish that is longer", 1, 100, 0, 100, 100),
                Arguments.of("a wish that is shorter", 3, 5, 0, 32, 48),
                Arguments.of("an end before the next attempt", 3, 0, 20, 20, 20),
                Arguments.of("an end before the wish", 1, 100, 20, 20, 20),
                Arguments.of("an end behind the next attempt", 1, 0, 100, 8, 12),
                Arguments.of("an end that has passed already", 1, 0, -5, 8, 12));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waits")
    void theNextAttemptComesInTime(String name, int failures, int wish, int end, int least, int most) {
        for (int seed = 0; seed < 50; seed++) {
            Instant next = schedule.next(
                    NOW,
                    failures,
                    wish == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(wish)),
                    end == 0 ? Optional.empty() : Optional.of(NOW.plusSeconds(end)),
                    new Random(seed));
            assertThat(next).isBetween(NOW.plusSeconds(least), NOW.plusSeconds(most));
        }
    }
}
