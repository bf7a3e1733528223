package io.waypost.actions.notification;

import io.waypost.rules.Action;

/**
 * Deliver a publication to one subscription. No rule file names it.
 *
 * @param subscription its id
 */
public record SubscriptionAction(String subscription) implements Action {

    /** The family's name. */
    public static final String TYPE = "subscription";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return "subscription:" + subscription;
    }
}
