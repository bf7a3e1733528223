package io.waypost.actions.webhook;

import io.waypost.rules.Action;

/**
 * Post the mail to a webhook.
 *
 * @param webhook its name in the server's file
 * @param format how the mail is written
 * @param decides ({@code wait} in a rule file) whether the answer decides what happens behind this action
 */
public record WebhookAction(String webhook, Format format, boolean decides) implements Action {

    /** The family's name. */
    public static final String TYPE = "webhook";

    /** What the body of the call is. */
    public enum Format {
        /** The parsed mail. */
        JSON,
        /** The mail's bytes. */
        RAW,
        /** The event that Amazon SES hands to a Lambda function. */
        SES
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return TYPE + ":" + webhook;
    }

    @Override
    public Flow flow() {
        return decides ? new Flow.Decides() : Flow.ORDINARY;
    }
}
