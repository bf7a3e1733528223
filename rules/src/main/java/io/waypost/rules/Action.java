package io.waypost.rules;

import io.waypost.message.Disposition;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.Reply;
import java.util.Optional;

/**
 * One action of a rule as a value: what its rule set says, nothing that is running. Implementations are records, one an action
 * family, and live with the {@link ActionHandler} that carries them out.
 */
public interface Action {

    /** The family's name, the key in a rule file: {@code s3}, {@code webhook} ... */
    String type();

    /**
     * Where it goes, {@code kind:name} such as {@code webhook:tickets}. Runs are held back, counted and retried by destination, so
     * that a dead one delays nobody else. An empty text is for actions that leave the process nowhere.
     */
    String destination();

    /**
     * Where it goes for one run, for an action whose destination hangs on the recipients (delivery by route). What holds runs
     * back asks this one.
     */
    default String destination(Plan.PlannedRun run) {
        return destination();
    }

    /** What it means for the flow, as far as that is known before it is carried out. */
    default Flow flow() {
        return Flow.ORDINARY;
    }

    /** Where it puts the message, for actions behind it that tell others where to find it. */
    default Optional<StoredObject> storesAt(MessageId id) {
        return Optional.empty();
    }

    /** An object's place. */
    record StoredObject(String bucket, String key) {}

    /** An action's part in the flow of a rule set. */
    sealed interface Flow {

        /** Done or not, it says nothing about others. */
        Flow ORDINARY = new Ordinary();

        record Ordinary() implements Flow {}

        /**
         * Always ends the rule or the rule set (the {@code stop} action): known when the plan is made.
         *
         * @param carriedOut whether there is something to do before it ends, such as telling a topic; it ends also where that fails
         */
        record Stops(Disposition disposition, boolean carriedOut) implements Flow {}

        /** Puts a header field on top of what later actions see (RFC 5322 3.6; value without CR and LF). */
        record AddsField(String name, String value) implements Flow {}

        /**
         * Turns the mail away: in the session with this reply where that is still possible, else with a DSN that the action itself
         * sends.
         *
         * @param reply the reply, and the codes of the DSN
         * @param endsForRecipients whether later rules no longer see the recipients it was carried out for (reject), or go on (SES'
         *     bounce)
         */
        record Refuses(Reply reply, boolean endsForRecipients) implements Flow {}

        /** Its outcome's disposition decides what happens behind it; later rules wait for it. */
        record Decides() implements Flow {}
    }
}
