package io.waypost.outbound.smtp;

import java.io.IOException;
import java.util.Optional;

/** Ends a conversation for now: the peer said 4yz, or does not keep to the protocol, so nothing can be said about the mail. */
final class NotNowException extends IOException {

    private static final long serialVersionUID = 1L;
    private final transient DeliveryResult.Deferred result;

    /** The host is of no use now. */
    NotNowException(String message) {
        this(new DeliveryResult.Deferred(DeliveryResult.Cause.HOST, message, Optional.empty()));
    }

    NotNowException(DeliveryResult.Deferred result) {
        super(result.reason());
        this.result = result;
    }

    DeliveryResult.Deferred result() {
        return result;
    }
}
