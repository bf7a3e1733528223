package io.waypost.outbound.transmit;

import io.waypost.outbound.smtp.DeliveryResult;
import java.util.List;
import java.util.Optional;

/**
 * What came of one attempt at one recipient.
 *
 * @param result of the host that had the last word; of the search for hosts where none was tried
 * @param trials the hosts that were tried, in order
 * @param passedOver hosts that were not tried, each with the reason
 */
public record Transmission(DeliveryResult result, List<Trial> trials, List<String> passedOver) {

    private static final int MOST_TEXT = 1000;
    private static final int MOST_TEXT_EACH = 250;

    public Transmission {
        trials = List.copyOf(trials);
        passedOver = List.copyOf(passedOver);
    }

    static Transmission none(DeliveryResult result) {
        return new Transmission(result, List.of(), List.of());
    }

    /** The host that had the last word. */
    public Optional<Trial> last() {
        return trials.isEmpty() ? Optional.empty() : Optional.of(trials.getLast());
    }

    /** The hosts before the last and those that were passed over, for the trace; empty when there are none. */
    public String others() {
        StringBuilder text = new StringBuilder();
        for (Trial trial : trials.subList(0, Math.max(0, trials.size() - 1))) {
            text.append("; before that ").append(trial.exchange()).append(": ").append(shortened(trial.said()));
            text.append(' ').append(trial.manner());
        }
        for (String host : passedOver) {
            text.append("; not tried ").append(shortened(host));
        }
        return text.length() <= MOST_TEXT ? text.toString() : text.substring(0, MOST_TEXT) + "...";
    }

    private static String shortened(String text) {
        return text.length() <= MOST_TEXT_EACH ? text : text.substring(0, MOST_TEXT_EACH) + "...";
    }
}
