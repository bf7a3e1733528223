package io.waypost.api.template;

import io.waypost.api.aws.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list of templates, in the order of names.
 *
 * @param nextToken asks for what follows; null when nothing does
 */
record TemplatePages(
        List<TemplateBook.Entry> entries, @Nullable String nextToken) {

    private static final int DEFAULT = 10;
    private static final int MOST = 100;

    static TemplatePages of(List<TemplateBook.Entry> all, @Nullable Integer size, @Nullable String token)
            throws ServiceException {
        if (size != null && size < 1) {
            throw ServiceException.invalidParameter("The page size must be at least 1.");
        }
        String after = token == null ? "" : after(token);
        List<TemplateBook.Entry> left =
                all.stream().filter(entry -> entry.name().compareTo(after) > 0).toList();
        int count = Math.min(size == null ? DEFAULT : size, MOST);
        if (left.size() <= count) {
            return new TemplatePages(left, null);
        }
        byte[] last = left.get(count - 1).name().getBytes(StandardCharsets.UTF_8);
        return new TemplatePages(
                left.subList(0, count), Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }

    private static String after(String token) throws ServiceException {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ServiceException.invalidParameter("Not a valid NextToken: " + token);
        }
    }
}
