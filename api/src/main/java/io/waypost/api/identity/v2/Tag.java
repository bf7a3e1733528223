package io.waypost.api.identity.v2;

import java.util.List;
import java.util.SortedMap;

/** Tag. */
public record Tag(String key, String value) {

    /** In the order of their keys. */
    public static List<Tag> all(SortedMap<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                .toList();
    }
}
