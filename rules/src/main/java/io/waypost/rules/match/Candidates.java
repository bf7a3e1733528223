package io.waypost.rules.match;

import java.util.BitSet;
import java.util.PriorityQueue;

/**
 * Walks several ascending lists of rules as one, each rule once, and tells which recipients its patterns take. Lazy: what lies behind
 * a stop is never looked at. Used by one thread.
 */
final class Candidates {

    private final PriorityQueue<Cursor> cursors = new PriorityQueue<>(8);
    private BitSet recipients = new BitSet();
    private int ordinal = -1;

    void add(int[] ordinals, BitSet recipientsOfList) {
        cursors.add(new Cursor(ordinals, recipientsOfList));
    }

    /** Goes to the next rule; false when there is none. */
    boolean next() {
        Cursor first = cursors.poll();
        if (first == null) {
            return false;
        }
        ordinal = first.ordinal();
        recipients = (BitSet) first.recipients.clone();
        advance(first);
        for (Cursor same = cursors.peek(); same != null && same.ordinal() == ordinal; same = cursors.peek()) {
            cursors.remove();
            recipients.or(same.recipients);
            advance(same);
        }
        return true;
    }

    /** The rule's place in its set. */
    int ordinal() {
        return ordinal;
    }

    /** The recipients that the rule's patterns take, by their place in the envelope. The caller may change the set. */
    BitSet recipients() {
        return recipients;
    }

    private void advance(Cursor cursor) {
        cursor.at++;
        if (cursor.at < cursor.ordinals.length) {
            cursors.add(cursor);
        }
    }

    private static final class Cursor implements Comparable<Cursor> {
        private final int[] ordinals;
        private final BitSet recipients;
        private int at;

        Cursor(int[] ordinals, BitSet recipients) {
            this.ordinals = ordinals;
            this.recipients = recipients;
        }

        int ordinal() {
            return ordinals[at];
        }

        @Override
        public int compareTo(Cursor other) {
            return Integer.compare(ordinal(), other.ordinal());
        }
    }
}
