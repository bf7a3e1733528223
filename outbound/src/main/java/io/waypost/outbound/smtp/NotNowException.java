package io.waypost.outbound.smtp;

import java.io.IOException;

/** Ends a conversation for now: the peer said 4yz, or does not keep to the protocol, so nothing can be said about the mail. */
final class NotNowException extends IOException {

    private static final long serialVersionUID = 1L;

    NotNowException(String message) {
        super(message);
    }
}
