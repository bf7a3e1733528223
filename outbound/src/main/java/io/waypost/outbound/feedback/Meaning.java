package io.waypost.outbound.feedback;

import io.waypost.message.sending.MailEvent.BounceKind;
import io.waypost.message.sending.MailEvent.DelayKind;

/** Why a server does not take a mail, with SES' word for it when it is final and when it is not. */
public enum Meaning {
    /** There is no such mailbox, or no such domain. */
    NO_MAILBOX(BounceKind.PERMANENT_GENERAL, DelayKind.GENERAL),
    MAILBOX_FULL(BounceKind.TRANSIENT_MAILBOX_FULL, DelayKind.MAILBOX_FULL),
    TOO_LARGE(BounceKind.TRANSIENT_MESSAGE_TOO_LARGE, DelayKind.GENERAL),
    ATTACHMENT(BounceKind.TRANSIENT_ATTACHMENT_REJECTED, DelayKind.GENERAL),
    SPAM(BounceKind.TRANSIENT_CONTENT_REJECTED, DelayKind.SPAM_DETECTED),
    CONTENT(BounceKind.TRANSIENT_CONTENT_REJECTED, DelayKind.GENERAL),
    /** It is about the host that sends: its address, its reputation. The mailbox may well be there. */
    SENDING_HOST(BounceKind.TRANSIENT_GENERAL, DelayKind.IP_FAILURE),
    /** It is about who sends and how: authentication, relaying, rates, greylisting. */
    POLICY(BounceKind.TRANSIENT_GENERAL, DelayKind.GENERAL),
    /** The receiving server has troubles of its own. */
    SERVER(BounceKind.TRANSIENT_GENERAL, DelayKind.RECIPIENT_SERVER_ERROR),
    CONNECTION(BounceKind.TRANSIENT_GENERAL, DelayKind.TRANSIENT_COMMUNICATION_FAILURE),
    UNKNOWN(BounceKind.UNDETERMINED, DelayKind.UNDETERMINED);

    private final BounceKind bounce;
    private final DelayKind delay;

    Meaning(BounceKind bounce, DelayKind delay) {
        this.bounce = bounce;
        this.delay = delay;
    }

    BounceKind bounce() {
        return bounce;
    }

    DelayKind delay() {
        return delay;
    }
}
