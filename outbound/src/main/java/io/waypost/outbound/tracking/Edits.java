package io.waypost.outbound.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is written in a text in place of what. For one text. */
final class Edits {

    private static final int MOST_PLACEHOLDERS = 2;

    private final List<Edit> edits = new ArrayList<>();

    /** @param to behind the last character that goes */
    record Edit(int from, int to, String instead) {}

    void add(int from, int to, String instead) {
        edits.add(new Edit(from, to, instead));
    }

    void addAll(List<Edit> more) {
        edits.addAll(more);
    }

    /** The first two of a text are replaced (contract 4.9). */
    void placeholders(String text, MailLinks links) {
        links.unsubscribe().ifPresent(page -> {
            int from = 0;
            for (int i = 0; i < MOST_PLACEHOLDERS; i++) {
                int place = text.indexOf(MailLinks.UNSUBSCRIBE_PLACE, from);
                if (place < 0) {
                    return;
                }
                from = place + MailLinks.UNSUBSCRIBE_PLACE.length();
                add(place, from, page);
            }
        });
    }

    String applied(String text) {
        if (edits.isEmpty()) {
            return text;
        }
        edits.sort(Comparator.comparingInt(Edit::from).thenComparingInt(Edit::to));
        StringBuilder out = new StringBuilder(text.length() + 512);
        int done = 0;
        for (Edit edit : edits) {
            // A placeholder within an attribute that goes, goes with it.
            if (edit.from() >= done) {
                out.append(text, done, edit.from()).append(edit.instead());
                done = edit.to();
            }
        }
        return out.append(text, done, text.length()).toString();
    }
}
