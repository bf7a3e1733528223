package io.waypost.outbound.feedback;

import io.waypost.message.EmailAddress;
import io.waypost.message.mime.HeaderField;
import io.waypost.message.mime.MailHeader;
import io.waypost.message.mime.Report;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads a feedback report (RFC 5965 3), as the mailbox providers' loops send them. Pure. */
final class ComplaintReport {

    private static final int MOST_RECIPIENTS = 100;

    // RFC 5965 7.3, RFC 6591 3.1; SES' list (contract 3.2).
    private static final Set<String> TYPES = Set.of("abuse", "auth-failure", "fraud", "not-spam", "other", "virus");

    private ComplaintReport() {}

    static Feedback read(Report report, String text) {
        List<MailHeader> groups = FieldGroups.of(text);
        MailHeader fields = groups.isEmpty() ? new MailHeader(List.of()) : groups.getFirst();
        Set<EmailAddress> recipients = new LinkedHashSet<>();
        for (HeaderField field : fields.fields()) {
            if (field.name().equalsIgnoreCase("Original-Rcpt-To") && recipients.size() < MOST_RECIPIENTS) {
                StatusReport.address(field.written()).ifPresent(recipients::add);
            }
        }
        return new Feedback.Complaint(
                List.copyOf(recipients),
                type(StatusReport.field(fields, "Feedback-Type").orElse("")),
                StatusReport.field(fields, "User-Agent"),
                // RFC 5965 3.2; Received-Date is what drafts before it said.
                StatusReport.date(fields, "Arrival-Date").or(() -> StatusReport.date(fields, "Received-Date")),
                original(report));
    }

    // RFC 5965 3.1: what is not known is to be taken for "other".
    private static String type(String written) {
        String lower = written.strip().toLowerCase(Locale.ROOT);
        return TYPES.contains(lower) ? lower : "other";
    }

    private static MailHeader original(Report report) {
        return report.first("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
                .map(FieldGroups::of)
                .filter(groups -> !groups.isEmpty())
                .map(List::getFirst)
                .orElse(new MailHeader(List.of()));
    }
}
