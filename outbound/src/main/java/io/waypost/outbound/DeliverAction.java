package io.waypost.outbound;

import io.waypost.message.Plan;
import io.waypost.rules.Action;

/**
 * Delivery of a mail to the one recipient of its run.
 *
 * @param routes the present routes: a mail goes by the routes of the attempt, not by those of its submission
 */
public record DeliverAction(OutboundRoutes routes) implements Action {

    /** Its name in metrics; not a key of rule files. */
    public static final String TYPE = "deliver";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return "smtp:";
    }

    /** By host, so that a dead host holds back nobody else. */
    @Override
    public String destination(Plan.PlannedRun run) {
        return routes.destination(run.recipients().getFirst());
    }
}
