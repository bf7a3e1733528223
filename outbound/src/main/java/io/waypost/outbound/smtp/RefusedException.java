package io.waypost.outbound.smtp;

import io.waypost.message.StatusCode;
import java.util.Optional;

/** Ends a conversation because this mail will never be taken. Stays inside the package. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;
    private final transient DeliveryResult.Refused result;

    RefusedException(StatusCode status, String reason) {
        super(reason);
        this.result = new DeliveryResult.Refused(status, reason, Optional.empty());
    }

    RefusedException(String step, PeerReply reply) {
        super(reply.toString());
        this.result = new DeliveryResult.Refused(
                reply.status(), "the receiving server refused " + step, Optional.of(reply.toString()));
    }

    DeliveryResult.Refused result() {
        return result;
    }
}
