package io.waypost.actions.notification;

import io.waypost.rules.Action;

/**
 * Tell a topic about the mail (SES' SNS action).
 *
 * @param topic its name in the server's file, or its ARN
 * @param content whether the notification carries the mail itself
 */
public record NotifyAction(String topic, Content content) implements Action {

    /** The family's name. */
    public static final String TYPE = "notify";

    /** How the mail stands in the notification. */
    public enum Content {
        /** Not at all. */
        NONE,
        /** As text; bytes that are no UTF-8 are lost. */
        UTF8,
        /** As base64. */
        BASE64
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return "topic:" + topic;
    }
}
