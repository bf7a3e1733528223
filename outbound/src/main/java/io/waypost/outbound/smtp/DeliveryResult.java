package io.waypost.outbound.smtp;

import io.waypost.message.StatusCode;
import java.util.Optional;

/** How an attempt at one host ended. */
public sealed interface DeliveryResult {

    /** The peer has taken the mail: 2yz to the final dot. */
    record Delivered(String reply) implements DeliveryResult {}

    /** Not now: a 4yz, no connection, silence, or a peer that does not keep to the protocol. */
    record Deferred(String reason) implements DeliveryResult {}

    /**
     * Never: the peer said 5yz about this mail or this recipient, or the mail cannot be expressed to this peer.
     *
     * @param status the enhanced status code, kind 5
     * @param reason for people
     * @param reply what the peer said, when it was the peer that refused
     */
    record Refused(StatusCode status, String reason, Optional<String> reply) implements DeliveryResult {}
}
