package io.waypost.message;

import java.time.Instant;

/** Where a run stands. A mail is settled when each of its runs is {@link Done}. */
public sealed interface RunState {

    /**
     * To be carried out.
     *
     * @param action the index of the next action in its rule
     * @param attempts how often that action was tried in vain
     * @param since when that action first was due: the give-up window begins here
     * @param at not before this moment
     * @param destination where that action goes, {@code kind:name}
     */
    record Ready(int action, int attempts, Instant since, Instant at, String destination) implements RunState {

        /** The time of what somebody holds: it does not come. */
        public static final Instant HELD = Instant.parse("2262-01-01T00:00:00Z");

        /** The destination of what somebody dropped: it is not carried out any more, and ends when it is claimed. */
        public static final String NOWHERE = "nowhere:";

        /** Waits until somebody releases it. */
        public boolean isHeld() {
            return at.equals(HELD);
        }

        public boolean isDropped() {
            return destination.equals(NOWHERE);
        }
    }

    /** Held until the run with this index of the same mail has decided. */
    record Waiting(int run) implements RunState {}

    /**
     * Every action has an outcome.
     *
     * @param how why there is nothing more to do
     */
    record Done(How how) implements RunState {}

    /** Ways for a run to end. */
    enum How {
        /** All its actions are done, or one of them stopped it. */
        COMPLETED,
        /** An earlier run stopped the rule set. */
        SKIPPED,
        /** An operator dropped it. */
        DROPPED
    }

    /**
     * Given up at this action. The content is kept until somebody replays or drops it.
     *
     * @param action the action's index
     * @param attempts how often it was tried
     * @param since when it was given up
     * @param reason the last attempt's detail
     */
    record Dead(int action, int attempts, Instant since, String reason) implements RunState {}
}
