package io.waypost.message;

/** What the rules say about a mail that is received but not yet accepted. */
public sealed interface Decision {

    /** Take it, and owe this plan. */
    record Accept(Plan plan) implements Decision {}

    /**
     * Refuse it in the session with this reply; nothing is stored.
     *
     * @param reply what the peer hears
     * @param rule the rule that refused, for the log
     */
    record Refuse(Reply reply, String rule) implements Decision {}
}
