package io.waypost.message.sending;

/** A message that is not sent; nothing was accepted, and its sender has not been told otherwise. */
public final class SendRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why; each door has its own words and codes for it (contract 4.4, 4.7, 4.8). */
    public enum Reason {
        /** No identity of the scope covers the sender, or in the sandbox a recipient. */
        NOT_VERIFIED,
        /** A policy does not let the caller use the identity. */
        NOT_AUTHORIZED,
        /** The message itself: a missing or doubled field, an address that is none, a virus. */
        MESSAGE_REJECTED,
        /** A parameter that the door did not look at: a tag, an ARN. */
        INVALID_PARAMETER,
        TOO_LARGE,
        CONFIGURATION_SET_UNKNOWN,
        CONFIGURATION_SET_PAUSED,
        ACCOUNT_PAUSED,
        /** The identity's MAIL FROM domain is not ready, and it is to be refused then. */
        MAIL_FROM_NOT_VERIFIED,
        CONTACT_LIST_UNKNOWN,
        RATE_EXCEEDED,
        DAILY_QUOTA_EXCEEDED
    }

    private final Reason reason;

    /** @param message in SES' words, for the application */
    public SendRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
