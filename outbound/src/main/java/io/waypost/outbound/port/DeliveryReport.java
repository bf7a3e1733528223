package io.waypost.outbound.port;

import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.StatusCode;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of one attempt to deliver a mail to one recipient.
 *
 * @param key the same for each telling of the same thing: of the delivery, the refusal or the end of the time; a deferral's holds the
 *     number of the attempt
 * @param mail its {@link Mail#sending} is present
 * @param run index of the recipient's run among those of the mail's plan
 * @param recipient as it stands in the envelope
 * @param attempt from 1
 * @param at when the attempt ended
 */
public record DeliveryReport(
        String key, Mail mail, int run, EmailAddress recipient, int attempt, Instant at, Result result) {

    /** How it ended. */
    public sealed interface Result {}

    /**
     * The receiving server has it.
     *
     * @param reply to the final dot
     */
    public record Delivered(String reply, Server server) implements Result {}

    /**
     * It is tried again.
     *
     * @param reason one line for people
     * @param status what the receiving server gave
     * @param reply what it said
     * @param server the last one that was tried
     */
    public record Deferred(String reason, Optional<StatusCode> status, Optional<String> reply, Optional<Server> server)
            implements Result {}

    /**
     * It will never be delivered.
     *
     * @param status kind 5
     * @param reason one line for people
     * @param reply what the receiving server said; empty when none was asked
     * @param server the one that refused
     */
    public record Refused(StatusCode status, String reason, Optional<String> reply, Optional<Server> server)
            implements Result {}

    /**
     * Its time is over.
     *
     * @param reason what the last attempt found
     */
    public record Expired(String reason) implements Result {}

    /**
     * A receiving server.
     *
     * @param host its name
     * @param address its IP address
     * @param outgoingAddress this server's address in the connection; empty when there was none
     */
    public record Server(String host, String address, Optional<String> outgoingAddress) {}
}
