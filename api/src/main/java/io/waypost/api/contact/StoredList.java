package io.waypost.api.contact;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A contact list as it is kept, in the words of the API.
 *
 * @param createdAt ISO 8601
 * @param changedAt ISO 8601
 */
public record StoredList(
        String name,
        List<Topic> topics,
        @Nullable String description,
        SortedMap<String, String> tags,
        String createdAt,
        String changedAt) {

    /** Topic. */
    public record Topic(
            String topicName, String displayName, @Nullable String description, String defaultSubscriptionStatus) {

        boolean isIn() {
            return defaultSubscriptionStatus.equals(StoredContact.IN);
        }
    }

    public StoredList {
        topics = List.copyOf(topics);
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    Optional<Topic> topic(String named) {
        return topics.stream().filter(topic -> topic.topicName().equals(named)).findFirst();
    }

    StoredList withTags(SortedMap<String, String> it) {
        return new StoredList(name, topics, description, it, createdAt, changedAt);
    }
}
