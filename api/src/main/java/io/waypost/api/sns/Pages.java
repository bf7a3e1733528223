package io.waypost.api.sns;

import io.waypost.api.aws.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, as SNS pages: 100 at once.
 *
 * @param nextToken asks for what follows; null when nothing does
 */
record Pages<T>(List<T> items, @Nullable String nextToken) {

    private static final int SIZE = 100;

    /** The ARN behind which a page begins; empty for the first. */
    static String after(@Nullable String token) throws ServiceException {
        if (token == null || token.isEmpty()) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw SnsErrors.invalid("NextToken");
        }
    }

    /** The first of what is left. */
    static <T> Pages<T> of(Collection<T> left, Predicate<T> shown, Function<T, String> arn) {
        List<T> some = left.stream().filter(shown).limit(SIZE + 1L).toList();
        if (some.size() <= SIZE) {
            return new Pages<>(some, null);
        }
        List<T> page = some.subList(0, SIZE);
        byte[] last = arn.apply(page.getLast()).getBytes(StandardCharsets.UTF_8);
        return new Pages<>(page, Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }
}
