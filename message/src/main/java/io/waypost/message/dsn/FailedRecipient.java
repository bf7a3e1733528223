package io.waypost.message.dsn;

import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.Recipient;
import io.waypost.message.Reply;
import io.waypost.message.StatusCode;
import java.util.Optional;

/**
 * One recipient that a mail could not be delivered to, and why (the per-recipient fields of RFC 3464 2.3, Action: failed).
 *
 * @param recipient the recipient as its sender named it, with what he asked about notices
 * @param status the enhanced status code
 * @param explanation one sentence for a human, without its full stop
 * @param remoteMta the host that refused, when another host did
 * @param diagnostic that host's reply, or the reply that Waypost itself would have given: reply code and text
 */
public record FailedRecipient(
        Recipient recipient,
        StatusCode status,
        String explanation,
        Optional<String> remoteMta,
        Optional<String> diagnostic) {

    /** A recipient that Waypost itself turns away with this reply. */
    public static FailedRecipient refused(Mail mail, EmailAddress address, Reply reply) {
        return new FailedRecipient(
                recipient(mail, address),
                reply.status(),
                reply.text(),
                Optional.empty(),
                Optional.of(reply.toString()));
    }

    /** A recipient's place in the mail's envelope, so that its NOTIFY and ORCPT are honoured. */
    public static Recipient recipient(Mail mail, EmailAddress address) {
        return mail.envelope().to().stream()
                .filter(recipient -> recipient.address().equals(address))
                .findFirst()
                .orElseGet(() -> Recipient.of(address));
    }
}
