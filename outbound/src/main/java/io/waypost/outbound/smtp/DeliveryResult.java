package io.waypost.outbound.smtp;

import io.waypost.message.StatusCode;
import java.util.Optional;

/** How an attempt at one host ended. */
public sealed interface DeliveryResult {

    /** The peer has taken the mail: 2yz to the final dot. */
    record Delivered(String reply) implements DeliveryResult {}

    /**
     * Not now: a 4yz, no connection, silence, or a peer that does not keep to the protocol.
     *
     * @param reply what the peer said, when it was the peer that put it off
     */
    record Deferred(Cause cause, String reason, Optional<PeerReply> reply) implements DeliveryResult {

        /** The host is of no use now. */
        public static Deferred host(String reason) {
            return new Deferred(Cause.HOST, reason, Optional.empty());
        }
    }

    /** Whom a deferral is about. */
    enum Cause {
        /** The host: another one may take the mail at once, and this one wants a pause. */
        HOST,
        /** The host is there and has enough for now ({@link Patience}): it wants less at once. */
        PACE,
        /** This mail, or this recipient. */
        MAIL
    }

    /**
     * Never: the peer said 5yz about this mail or this recipient, or the mail cannot be expressed to this peer.
     *
     * @param status the enhanced status code, kind 5
     * @param reason for people
     * @param reply what the peer said, when it was the peer that refused
     */
    record Refused(StatusCode status, String reason, Optional<String> reply) implements DeliveryResult {}
}
