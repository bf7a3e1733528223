package io.waypost.api.identity.v2;

import io.waypost.api.aws.ServiceException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What tags may look like, and SES' words for those that may not. */
public final class Tags {

    static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;
    private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{N}\\p{Z}_.:/=+@-]*");

    private Tags() {}

    /** What a request gave, by key. */
    public static SortedMap<String, String> checked(List<Tag> tags) throws ServiceException {
        if (tags.size() > MOST) {
            throw BadRequests.badRequest("Maximum of " + MOST
                    + " user tags are allowed per resource, consider reducing the number of tags in the request");
        }
        SortedMap<String, String> checked = new TreeMap<>();
        for (int i = 0; i < tags.size(); i++) {
            Tag tag = tags.get(i);
            check(tag, i + 1);
            if (checked.put(tag.key(), tag.value()) != null) {
                throw BadRequests.badRequest("Cannot provide multiple tags with the same key");
            }
        }
        return checked;
    }

    private static void check(Tag tag, int number) throws ServiceException {
        if (!CHARACTERS.matcher(tag.value()).matches()
                || !CHARACTERS.matcher(tag.key()).matches()) {
            throw BadRequests.badRequest(
                    "Tags can only contain letters, numbers, spaces, and the following special characters: _ . : / = + - @");
        }
        if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
            throw BadRequests.badRequest("Caller is an end user and not allowed to mutate system tags");
        }
        if (tag.key().isEmpty()) {
            throw BadRequests.badRequest("The key of a tag cannot be empty");
        }
        checkLength(tag.value(), LONGEST_VALUE, "value", number);
        checkLength(tag.key(), LONGEST_KEY, "key", number);
    }

    private static void checkLength(String text, int longest, String member, int number) throws ServiceException {
        if (text.codePointCount(0, text.length()) > longest) {
            throw BadRequests.badRequest("1 validation error detected: Value at 'tags." + number + ".member." + member
                    + "' failed to satisfy constraint: Member must have length less than or equal to " + longest);
        }
    }

    /** Adds to what is there. */
    public static void merge(SortedMap<String, String> there, SortedMap<String, String> more) throws ServiceException {
        there.putAll(more);
        if (there.size() > MOST) {
            throw BadRequests.badRequest(
                    "Maximum of " + MOST
                            + " user tags are allowed per resource, consider reducing the number of tags in the request or delete existing tags and retry");
        }
    }
}
