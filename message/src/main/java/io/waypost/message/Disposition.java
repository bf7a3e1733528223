package io.waypost.message;

/** What an action that is done says about the steps behind it (the words of SES' Lambda action). */
public enum Disposition {
    /** Go on with the next action. */
    CONTINUE,
    /** Skip the rest of this rule; later rules go on. */
    STOP_RULE,
    /** Skip the rest of this rule and all later rules. */
    STOP_RULE_SET
}
