package io.waypost.rules.match;

import io.waypost.message.Reply;

/** The replies of a rule set that are no rule's own. */
public final class Refusals {

    /** Another's domain (RFC 5321 3.6.2; X.7.1 of RFC 3463). */
    public static final Reply RELAYING_DENIED = Reply.of(550, "5.7.1", "Relaying denied: not a domain of this server");

    /** No enabled rule names this recipient (X.1.1 of RFC 3463). */
    public static final Reply UNKNOWN_RECIPIENT = Reply.of(550, "5.1.1", "No such recipient here");

    /** Rules name the recipient, and only TLS is missing (X.7.10 of RFC 5248's registry). */
    public static final Reply ENCRYPTION_NEEDED =
            Reply.of(550, "5.7.10", "Encryption needed: this recipient takes mail over TLS only");

    /** Rules name the recipient, and their conditions do not take this mail. */
    public static final Reply NOT_TAKEN = Reply.of(550, "5.7.1", "No rule of this recipient takes this mail");

    /** The account takes no mail from this client (SES' receipt filters). */
    public static final Reply CLIENT_BLOCKED = Reply.of(550, "5.7.1", "Mail from your address is not taken here");

    /**
     * No rule set is active. SES calls that "receiving is off"; here it is a transient reply (X.3.2 of RFC 3463), because a rule set
     * that is missing by mistake must cost time, not mail.
     */
    public static final Reply RECEIVING_OFF = Reply.of(451, "4.3.2", "Receiving is off for now, try again later");

    private Refusals() {}
}
