package io.waypost.outbound.sending;

import io.waypost.rules.Action;

/** Telling that a mail was accepted: its Send event. */
public record TellAction() implements Action {

    /** Its name in metrics; not a key of rule files. */
    public static final String TYPE = "tell";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return "events:sent";
    }
}
