package io.waypost.outbound.tracking;

import java.util.regex.Pattern;

/** The tags of a link, as its attribute {@code ses:tags} has them: {@code name:value;name:value}. */
final class LinkTags {

    // As message tags (contract 4.4).
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,256}:[A-Za-z0-9_.@-]{1,256}");
    private static final int LONGEST = 1_000;

    private LinkTags() {}

    /** The well-formed ones, joined again, as many as fit into 1,000 characters. */
    static String read(String attribute) {
        StringBuilder tags = new StringBuilder();
        for (String tag : attribute.split(";", -1)) {
            String one = tag.strip();
            if (TAG.matcher(one).matches() && tags.length() + one.length() < LONGEST) {
                tags.append(tags.isEmpty() ? "" : ";").append(one);
            }
        }
        return tags.toString();
    }
}
