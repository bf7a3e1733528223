package io.waypost.api.kept;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextToken asks for what follows; null when nothing does
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {

    /** The first of what is left. */
    public static <T> Page<T> of(Scope scope, Collection<T> left, int size, Function<T, String> name) {
        List<T> some = left.stream().limit(size + 1L).toList();
        if (some.size() <= size) {
            return new Page<>(some, null);
        }
        List<T> page = some.subList(0, size);
        return new Page<>(page, token(scope, name.apply(page.getLast())));
    }

    /** Says behind which name the next part begins, bound to the scope as in SES: a token of another region is none. */
    public static String token(Scope scope, String last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((scope + "\n" + last).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The name behind which a part begins; empty for the first.
     *
     * @throws ServiceException InvalidParameterValue when nothing here wrote the token
     */
    public static String after(Scope scope, @Nullable String token) throws ServiceException {
        if (token == null || token.isEmpty()) {
            return "";
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(scope + "\n")) {
                return text.substring(scope.toString().length() + 1);
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw ServiceException.invalidParameter("Invalid NextToken <" + token + ">.");
    }

    /**
     * The length of a part.
     *
     * @param parameter what the API calls it
     * @throws ServiceException InvalidParameterValue outside of 1 to {@code most}
     */
    public static int size(String parameter, @Nullable Integer wanted, int usual, int most) throws ServiceException {
        if (wanted == null) {
            return usual;
        }
        if (wanted < 1 || wanted > most) {
            throw ServiceException.invalidParameter("Value " + wanted + " for parameter " + parameter + " is invalid. "
                    + parameter + " must be between 1 and " + most + ".");
        }
        return wanted;
    }
}
