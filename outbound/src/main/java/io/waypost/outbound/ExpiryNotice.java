package io.waypost.outbound;

import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.Plan;
import io.waypost.message.StatusCode;
import io.waypost.message.dsn.FailedRecipient;
import io.waypost.message.dsn.FailureNotices;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Tells the sender that the give-up window ended before his mail could be delivered. */
public final class ExpiryNotice {

    /** "Delivery time expired" (RFC 3463 3.5). */
    static final StatusCode EXPIRED = new StatusCode(4, 4, 7);

    private final FailureNotices notices;

    public ExpiryNotice(FailureNotices notices) {
        this.notices = notices;
    }

    /**
     * Sends the notice, where one may be sent.
     *
     * @param run the run that gave up; its recipients are reported
     * @param content the mail's bytes
     * @param reason the last attempt's detail
     * @param effectKey names the notice, so that it is sent once
     * @throws IOException when the notice was not accepted; the caller tries again
     */
    public FailureNotices.Result send(
            Mail mail, Plan.PlannedRun run, MessageContent content, String reason, String effectKey)
            throws IOException {
        List<FailedRecipient> failed = run.recipients().stream()
                .map(address -> expired(mail, address, reason))
                .toList();
        return notices.send(mail, content, failed, Optional.empty(), effectKey);
    }

    private static FailedRecipient expired(Mail mail, EmailAddress address, String reason) {
        return new FailedRecipient(
                FailedRecipient.recipient(mail, address),
                EXPIRED,
                "delivery was tried in vain until its time was over; the last attempt: " + reason,
                Optional.empty(),
                Optional.empty());
    }
}
