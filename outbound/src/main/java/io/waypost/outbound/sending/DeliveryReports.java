package io.waypost.outbound.sending;

import io.waypost.message.StatusCode;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvent.BouncedRecipient;
import io.waypost.message.sending.Sending;
import io.waypost.outbound.feedback.Classification;
import io.waypost.outbound.feedback.Said;
import io.waypost.outbound.port.DeliveryObserver;
import io.waypost.outbound.port.DeliveryReport;
import io.waypost.outbound.port.DeliveryReport.Deferred;
import io.waypost.outbound.port.DeliveryReport.Delivered;
import io.waypost.outbound.port.DeliveryReport.Expired;
import io.waypost.outbound.port.DeliveryReport.Refused;
import io.waypost.outbound.port.DeliveryReport.Server;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns what came of each attempt into the events that applications know. */
public final class DeliveryReports implements DeliveryObserver {

    /** "Delivery time expired" (RFC 3463 3.5). */
    private static final StatusCode EXPIRED = new StatusCode(4, 4, 7);

    private final Aftermath aftermath;
    private final String hostname;
    private final Duration giveUpAfter;

    /**
     * @param hostname the reporting MTA
     * @param giveUpAfter when a mail is given up that has no end of its own
     */
    public DeliveryReports(Aftermath aftermath, String hostname, Duration giveUpAfter) {
        this.aftermath = aftermath;
        this.hostname = hostname;
        this.giveUpAfter = giveUpAfter;
    }

    @Override
    public void observed(DeliveryReport report) throws IOException {
        switch (report.result()) {
            case Delivered delivered -> delivered(report, delivered);
            case Deferred deferred -> deferred(report, deferred);
            case Refused refused ->
                bounced(
                        report,
                        diagnostic(refused.reply(), refused.status(), refused.reason()),
                        refused.status(),
                        refused.reply().isPresent() ? refused.server() : Optional.empty());
            case Expired expired ->
                bounced(report, "smtp; 550 4.4.7 Message expired: " + expired.reason(), EXPIRED, Optional.empty());
        }
    }

    private void delivered(DeliveryReport report, Delivered delivered) throws IOException {
        aftermath.tell(new MailEvent.Delivered(
                report.key(),
                report.mail(),
                report.at(),
                Duration.between(report.mail().acceptedAt(), report.at()),
                List.of(report.recipient()),
                delivered.reply(),
                hostname,
                Optional.of(delivered.server().address()),
                delivered.server().outgoingAddress()));
    }

    // Told at the first, second, fourth, eighth ... try: a mail that waits for days is not worth a message every hour.
    private void deferred(DeliveryReport report, Deferred deferred) throws IOException {
        if (Integer.bitCount(report.attempt()) != 1) {
            return;
        }
        Said said = Said.of(deferred.reply().orElse(deferred.reason())).orStatus(deferred.status());
        aftermath.delayed(new MailEvent.Delayed(
                report.key(),
                report.mail(),
                report.at(),
                Classification.delay(said),
                expiry(report),
                List.of(new BouncedRecipient(
                        report.recipient(),
                        Optional.empty(),
                        Optional.of(said.status().map(StatusCode::toString).orElse("4.4.1")),
                        Optional.of("smtp; " + deferred.reply().orElse("421 4.4.1 " + deferred.reason())))),
                Optional.of("dns; " + hostname)));
    }

    private Instant expiry(DeliveryReport report) {
        return report.mail()
                .sending()
                .map(Sending::conditions)
                .flatMap(Sending.Conditions::deliverBefore)
                .orElse(report.mail().acceptedAt().plus(giveUpAfter));
    }

    private static String diagnostic(Optional<String> reply, StatusCode status, String reason) {
        return "smtp; " + reply.orElse("550 " + status + " " + reason);
    }

    private void bounced(DeliveryReport report, String diagnostic, StatusCode status, Optional<Server> server)
            throws IOException {
        aftermath.bounced(new MailEvent.Bounced(
                report.key(),
                report.mail(),
                report.at(),
                Classification.bounce(Said.of(diagnostic).orStatus(Optional.of(status))),
                List.of(new BouncedRecipient(
                        report.recipient(),
                        Optional.of("failed"),
                        Optional.of(status.toString()),
                        Optional.of(diagnostic))),
                Optional.of("dns; " + hostname),
                server.map(Server::address)));
    }
}
