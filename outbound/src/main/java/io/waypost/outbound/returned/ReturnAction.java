package io.waypost.outbound.returned;

import io.waypost.rules.Action;

/** Reading what came back to a signed return path. */
public record ReturnAction() implements Action {

    /** Its name in metrics; not a key of rule files. */
    public static final String TYPE = "returned";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return "events:returned";
    }
}
