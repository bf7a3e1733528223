package io.waypost.actions.header;

import io.waypost.rules.Action;

/**
 * Puts a header field on top of the message for all actions behind it (SES AddHeaderAction).
 *
 * @param name 1 to 50 of A-Z a-z 0-9 -
 * @param value fewer than 2,048 printable ASCII characters and spaces
 */
public record AddHeaderAction(String name, String value) implements Action {

    static final String TYPE = "addHeader";

    @Override
    public String type() {
        return TYPE;
    }

    /** It goes nowhere. */
    @Override
    public String destination() {
        return "";
    }

    @Override
    public Flow flow() {
        return new Flow.AddsField(name, value);
    }
}
