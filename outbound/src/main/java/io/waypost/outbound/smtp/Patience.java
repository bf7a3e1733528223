package io.waypost.outbound.smtp;

import io.waypost.message.StatusCode;
import io.waypost.outbound.smtp.DeliveryResult.Cause;

/**
 * Whether a 4yz is about the host, which wants less at once, or about one mail or recipient. Greylisting and full mailboxes are answers
 * to RCPT, or to the end of the content, and no reason to send less to everybody else there. Pure.
 */
final class Patience {

    private Patience() {}

    /** @param step what was answered */
    static Cause cause(String step, PeerReply reply) {
        return isBusy(step, reply) || isOfTheSystem(reply.status()) ? Cause.PACE : Cause.MAIL;
    }

    private static boolean isBusy(String step, PeerReply reply) {
        return switch (reply.code()) {
            // RFC 5321 3.8: the service is not available, whatever was asked.
            case 421 -> true;
            // Nothing is known of the recipient yet, or nothing of him is asked any more.
            case 450, 451, 452 -> step.equals("MAIL") || step.equals("DATA") || step.equals("RSET");
            default -> false;
        };
    }

    // RFC 3463 3.4: X.3.z is about the mail system; 3.5: X.4.5 is its congestion.
    private static boolean isOfTheSystem(StatusCode status) {
        return status.subject() == 3 || status.subject() == 4 && status.detail() == 5;
    }
}
