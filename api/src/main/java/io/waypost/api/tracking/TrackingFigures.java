package io.waypost.api.tracking;

import java.util.Locale;

/** Counts what became of opens and clicks. All threads; must not fail. */
@FunctionalInterface
public interface TrackingFigures {

    /** @param kind {@code open} or {@code click} */
    void ended(String kind, End end);

    /** What became of one. */
    enum End {
        /** All who want to know were told. */
        TOLD,
        /** Not told: too many waited already. */
        FULL,
        /** Not told: its mail had too many in this minute. */
        LIMITED,
        /** Not told: the history of its mail is over. */
        FORGOTTEN,
        /** Not told: nobody could be told, several times. */
        FAILED;

        /** As a label. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
