package io.waypost.api.contact;

import io.waypost.message.sending.MailEvent.Preferences;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A contact as it is kept.
 *
 * @param topics what it said itself: {@code OPT_IN} or {@code OPT_OUT} by topic
 * @param createdAt ISO 8601
 * @param changedAt ISO 8601
 */
record StoredContact(
        SortedMap<String, String> topics,
        boolean unsubscribeAll,
        @Nullable String attributesData,
        String createdAt,
        String changedAt) {

    static final String IN = "OPT_IN";
    static final String OUT = "OPT_OUT";

    StoredContact {
        topics = Collections.unmodifiableSortedMap(new TreeMap<>(topics));
    }

    static StoredContact fresh(String now) {
        return new StoredContact(Collections.emptySortedMap(), false, null, now, now);
    }

    /** The same with more topics said, and the rest replaced, as UpdateContact has it. */
    StoredContact changed(Map<String, String> more, boolean none, @Nullable String attributes, String now) {
        SortedMap<String, String> all = new TreeMap<>(topics);
        all.putAll(more);
        return new StoredContact(all, none, attributes, createdAt, now);
    }

    /** Whether it gets mail about a topic, or to the list. */
    boolean isIn(Optional<StoredList.Topic> topic) {
        if (unsubscribeAll || topic.isEmpty()) {
            return !unsubscribeAll;
        }
        String said = topics.get(topic.get().topicName());
        return said == null ? topic.get().isIn() : said.equals(IN);
    }

    /** As an event tells it: every topic of the list, by its default where nothing was said. */
    Preferences preferences(StoredList list) {
        SortedMap<String, Boolean> all = new TreeMap<>();
        for (StoredList.Topic topic : list.topics()) {
            String said = topics.get(topic.topicName());
            all.put(topic.topicName(), said == null ? topic.isIn() : said.equals(IN));
        }
        return new Preferences(unsubscribeAll, all);
    }
}
