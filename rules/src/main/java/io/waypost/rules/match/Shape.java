package io.waypost.rules.match;

import io.waypost.message.Disposition;
import io.waypost.message.Reply;
import io.waypost.rules.Action;
import io.waypost.rules.Action.Flow;
import java.util.List;
import java.util.Optional;

/**
 * What a rule's actions mean for the flow, as far as that is known before they are carried out. Actions behind a stop or a refusal
 * that ends the rule are never reached and count for nothing.
 *
 * @param effects something is carried out that is no refusal
 * @param refusal what its first refusing action would say in the session
 * @param endsForRecipients later rules no longer see its recipients
 * @param stops later rules are never reached
 * @param decides later rules wait for an answer
 * @param onlyAddsFields it does nothing but add header fields, and so takes nobody's mail
 * @param destination where the first action that is carried out goes; empty when there is none
 */
record Shape(
        boolean effects,
        Optional<Reply> refusal,
        boolean endsForRecipients,
        boolean stops,
        boolean decides,
        boolean onlyAddsFields,
        String destination) {

    static Shape of(List<Action> actions) {
        Survey survey = new Survey();
        for (Action action : actions) {
            if (survey.add(action)) {
                break;
            }
        }
        return new Shape(
                survey.effects,
                survey.refusal,
                survey.ends,
                survey.stops,
                survey.decides,
                survey.onlyAddsFields,
                survey.destination.orElse(""));
    }

    private static final class Survey {
        private boolean effects;
        private Optional<Reply> refusal = Optional.empty();
        private boolean ends;
        private boolean stops;
        private boolean decides;
        private boolean onlyAddsFields = true;
        private Optional<String> destination = Optional.empty();

        /** True when nothing behind this action can be reached. */
        boolean add(Action action) {
            return switch (action.flow()) {
                case Flow.AddsField field -> false;
                case Flow.Stops stop -> {
                    onlyAddsFields = false;
                    if (stop.carriedOut()) {
                        carriedOut(action);
                        effects = true;
                    }
                    // Behind an action that decides, this stop may never be reached: the later rules wait instead.
                    stops = stop.disposition() == Disposition.STOP_RULE_SET && !decides;
                    yield stop.disposition() != Disposition.CONTINUE;
                }
                case Flow.Refuses refuses -> {
                    carriedOut(action);
                    if (refusal.isEmpty()) {
                        refusal = Optional.of(refuses.reply());
                    }
                    ends = refuses.endsForRecipients() && !decides;
                    yield refuses.endsForRecipients();
                }
                case Flow.Decides d -> {
                    carriedOut(action);
                    effects = true;
                    decides = true;
                    yield false;
                }
                case Flow.Ordinary ordinary -> {
                    carriedOut(action);
                    effects = true;
                    yield false;
                }
            };
        }

        private void carriedOut(Action action) {
            onlyAddsFields = false;
            if (destination.isEmpty()) {
                destination = Optional.of(action.destination());
            }
        }
    }
}
