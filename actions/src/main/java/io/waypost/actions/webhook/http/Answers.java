package io.waypost.actions.webhook.http;

import io.waypost.message.Disposition;
import io.waypost.message.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an answer means: 2xx is done, 410 will never work, 429 and 503 may say when to come back, and everything else is tried
 * again.
 */
public final class Answers {

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final int MOST_SHOWN = 200;

    private Answers() {}

    /**
     * What the answer makes of the effect.
     *
     * @param now what a Retry-After date is compared with
     */
    public static Outcome outcome(HttpAnswer answer, Instant now) {
        String said = "answered " + answer.status();
        if (answer.status() / 100 == 2) {
            return new Outcome.Done(Disposition.CONTINUE, said);
        }
        String shown = Printable.of(new String(answer.body(), StandardCharsets.UTF_8), MOST_SHOWN);
        String detail = shown.isEmpty() ? said : said + ": " + shown;
        return switch (answer.status()) {
            case 410 -> new Outcome.Failed(detail);
            case 429, 503 -> new Outcome.Retry(detail, retryAfter(answer.retryAfter(), now));
            case 301, 302, 303, 307, 308 -> Outcome.retry(said + ", and redirects are not followed");
            default -> Outcome.retry(detail);
        };
    }

    /** Seconds or a date (RFC 9110 10.2.3), at most a day; nothing when it is neither. */
    static Optional<Duration> retryAfter(@Nullable String text, Instant now) {
        if (text == null) {
            return Optional.empty();
        }
        String value = text.strip();
        try {
            if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.of(
                        value.length() > 6 ? LONGEST_WAIT : shortest(Duration.ofSeconds(Long.parseLong(value))));
            }
            Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(at.isAfter(now) ? shortest(Duration.between(now, at)) : Duration.ZERO);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration shortest(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
