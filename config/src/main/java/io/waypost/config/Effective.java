package io.waypost.config;

import java.util.ArrayList;
import java.util.List;

/** Writes down each key as it is read, with the value that counts, so that the configuration in force can be shown. Used by one thread. */
final class Effective {

    /**
     * One key.
     *
     * @param key as in {@code webhooks.tickets.timeout}
     * @param documented the same with NAME for free names and [] for list items: {@code webhooks.NAME.timeout}
     * @param shown the value, {@code ***} for a secret, {@code -} for none
     */
    record Entry(String key, String documented, String shown) {}

    private final List<Entry> entries = new ArrayList<>();

    void add(String key, String documented, String shown) {
        entries.add(new Entry(key, documented, shown));
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** One line {@code key: value} for each key, in the order in which the keys are documented. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append(entry.key).append(": ").append(entry.shown).append('\n');
        }
        return text.toString();
    }
}
