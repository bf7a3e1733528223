package io.waypost.outbound;

import io.waypost.outbound.exchange.Receiver;
import io.waypost.outbound.pace.Pace;
import io.waypost.outbound.smtp.DeliveryResult;
import io.waypost.outbound.transmit.Transmission;

/** What an attempt means for the pace of its destination, for the figures and for the trace. Pure. */
final class Upshot {

    /** The word for the receiver where no host was tried. */
    static final String NOBODY = "none";

    private Upshot() {}

    /** What the next mails of the destination learn from it. */
    static Pace.Result pace(Transmission transmission) {
        return switch (transmission.result()) {
            case DeliveryResult.Delivered delivered -> Pace.Result.WELL;
            case DeliveryResult.Refused refused ->
                transmission.trials().isEmpty() ? Pace.Result.NOTHING : Pace.Result.WELL;
            case DeliveryResult.Deferred deferred ->
                switch (deferred.cause()) {
                    case HOST -> Pace.Result.UNREACHABLE;
                    case PACE -> Pace.Result.TOO_FAST;
                    case MAIL -> transmission.trials().isEmpty() ? Pace.Result.NOTHING : Pace.Result.PUT_OFF;
                };
        };
    }

    /** Whose host had the last word, for figures. */
    static String receiver(Transmission transmission) {
        return transmission
                .last()
                .map(trial -> Receiver.of(trial.exchange().host()).word())
                .orElse(NOBODY);
    }

    /** How it ended, for figures. */
    static String word(Transmission transmission) {
        return switch (transmission.result()) {
            case DeliveryResult.Delivered delivered -> "delivered";
            case DeliveryResult.Refused refused -> "refused";
            case DeliveryResult.Deferred deferred -> "deferred";
        };
    }

    /** Why it is tried again; empty when it is not. */
    static String reason(Transmission transmission) {
        return transmission.result() instanceof DeliveryResult.Deferred deferred
                ? transmission.last().map(trial -> trial.exchange() + ": ").orElse("") + deferred.reason()
                : "";
    }
}
