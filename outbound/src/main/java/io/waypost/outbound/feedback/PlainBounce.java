package io.waypost.outbound.feedback;

import io.waypost.message.EmailAddress;
import io.waypost.message.mime.HeaderField;
import io.waypost.message.mime.MailAddress;
import io.waypost.message.mime.MailHeader;
import io.waypost.message.mime.Report;
import io.waypost.outbound.feedback.Feedback.Reported;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads notices from before RFC 3464 that are still sent: qmail's (QSBMF), and Exim's with X-Failed-Recipients. Pure. */
final class PlainBounce {

    private static final int MOST_RECIPIENTS = 100;
    private static final int LONGEST_TEXT = 64 * 1024;
    private static final int LONGEST_REASON = 1_000;

    // QSBMF: the first paragraph begins so; then "<recipient>:" and lines of reasons, a paragraph for each.
    private static final String QMAIL = "Hi. This is the ";
    private static final Pattern RECIPIENT = Pattern.compile("<([^<>\\s]{3,320})>:\\s*(.*)", Pattern.DOTALL);
    private static final Pattern LINE_ENDS = Pattern.compile("\r?\n");

    private PlainBounce() {}

    static Optional<Feedback> read(Report report) {
        String text = report.first("text/plain").orElse("");
        String shown = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        if (shown.startsWith(QMAIL)) {
            return bounce(qmail(shown));
        }
        List<MailAddress> named = report.header().addresses("X-Failed-Recipients");
        return named.isEmpty() || !isFromMailer(report.header()) ? Optional.empty() : bounce(exim(named, shown));
    }

    private static Optional<Feedback> bounce(List<Reported> recipients) {
        return recipients.isEmpty()
                ? Optional.empty()
                : Optional.of(new Feedback.Bounce(recipients, Optional.empty(), Optional.empty()));
    }

    private static List<Reported> qmail(String text) {
        List<Reported> recipients = new ArrayList<>();
        for (String paragraph : LINE_ENDS.matcher(text).replaceAll("\n").split("\n\n+")) {
            String stripped = paragraph.strip();
            if (stripped.startsWith("---") || recipients.size() == MOST_RECIPIENTS) {
                // Behind this line stands the mail itself.
                break;
            }
            Matcher recipient = RECIPIENT.matcher(stripped);
            if (recipient.matches()) {
                reported(recipient.group(1), recipient.group(2)).ifPresent(recipients::add);
            }
        }
        return recipients;
    }

    private static List<Reported> exim(List<MailAddress> named, String text) {
        List<Reported> recipients = new ArrayList<>();
        List<String> lines = List.of(LINE_ENDS.split(text, -1));
        for (MailAddress address : named) {
            if (address.address() != null && recipients.size() < MOST_RECIPIENTS) {
                reported(address.address(), reason(lines, address.address())).ifPresent(recipients::add);
            }
        }
        return recipients;
    }

    /** What stands indented below the line with the address. */
    private static String reason(List<String> lines, String address) {
        StringBuilder reason = new StringBuilder();
        boolean found = false;
        for (String line : lines) {
            if (found && (line.isBlank() || !line.startsWith("   "))) {
                break;
            }
            if (found) {
                reason.append(reason.isEmpty() ? "" : " ").append(line.strip());
            }
            found = found || line.strip().equalsIgnoreCase(address);
        }
        return reason.toString();
    }

    private static Optional<Reported> reported(String address, String reason) {
        Optional<EmailAddress> recipient = StatusReport.address(address);
        if (recipient.isEmpty()) {
            return Optional.empty();
        }
        String text = LINE_ENDS.matcher(reason.strip()).replaceAll(" ");
        String cut = text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
        Said said = Said.of(cut);
        return Optional.of(new Reported(
                recipient,
                "failed",
                said.status(),
                cut.isEmpty() ? Optional.empty() : Optional.of("smtp; " + cut),
                Optional.empty()));
    }

    // Anybody can write X-Failed-Recipients; a notice comes from a mailer.
    private static boolean isFromMailer(MailHeader header) {
        String from = header.first("From").map(HeaderField::written).orElse("").toLowerCase(Locale.ROOT);
        return from.contains("mailer-daemon@") || from.contains("postmaster@");
    }
}
