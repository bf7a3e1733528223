package io.waypost.message.dsn;

import io.waypost.message.EmailAddress;
import io.waypost.message.MessageContent;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvent.Bounced;
import io.waypost.message.sending.MailEvent.BouncedRecipient;
import io.waypost.message.sending.MailEvent.Complained;
import io.waypost.message.sending.Sending;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A bounce or a complaint about sent mail, as a mail to its sender: multipart/report with a text for people, a delivery status (RFC
 * 3464) or a feedback report (RFC 5965) for programs, and the header fields of the mail that are remembered.
 *
 * <p>Composing the same notice twice gives the same bytes.
 *
 * @param reportingMta this server's host name
 * @param author the From address
 * @param to who gets it
 * @param event a {@link Bounced} or a {@link Complained}
 * @param messageId the mail's name as its sender knows it
 */
public record FeedbackNotice(
        String reportingMta, EmailAddress author, EmailAddress to, MailEvent event, String messageId) {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);
    private static final int LONGEST_HEADER = 32 * 1024;

    public FeedbackNotice {
        if (!(event instanceof Bounced) && !(event instanceof Complained)) {
            throw new IllegalArgumentException("only bounces and complaints are forwarded");
        }
    }

    /** The complete message, in memory. */
    public MessageContent compose() {
        boolean bounce = event instanceof Bounced;
        byte[] text = text().getBytes(StandardCharsets.UTF_8);
        byte[] report = (event instanceof Bounced it ? status(it) : report((Complained) event))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] header = header().getBytes(StandardCharsets.UTF_8);
        String boundary = boundary(List.of(text, report, header));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head(bounce, boundary).getBytes(StandardCharsets.UTF_8));
        part(out, boundary, "text/plain; charset=utf-8", text);
        part(out, boundary, bounce ? "message/delivery-status" : "message/feedback-report", report);
        part(out, boundary, "text/rfc822-headers", header);
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return MessageContent.of(out.toByteArray());
    }

    private String head(boolean bounce, String boundary) {
        return HeaderText.field("From", "\"Mail Delivery System\" " + HeaderText.mailbox(author))
                + HeaderText.field("To", HeaderText.mailbox(to))
                + HeaderText.field(
                        "Subject", bounce ? "Delivery Status Notification (Failure)" : "Complaint about your mail")
                + HeaderText.field("Date", DATE.format(event.at()))
                + HeaderText.field("Message-ID", "<" + name(0) + ".feedback@" + HeaderText.ascii(reportingMta) + ">")
                // RFC 3834 5: so that no responder answers this.
                + HeaderText.field("Auto-Submitted", "auto-generated")
                + HeaderText.field("MIME-Version", "1.0")
                + HeaderText.field(
                        "Content-Type",
                        "multipart/report; report-type=" + (bounce ? "delivery-status" : "feedback-report")
                                + "; boundary=\"" + boundary + "\"")
                + "\r\n";
    }

    private String text() {
        return switch (event) {
            case Bounced it ->
                "A mail of yours, " + messageId + ",\r\ndid not reach these addresses ("
                        + it.kind().type() + ", " + it.kind().subType() + "):\r\n"
                        + it.recipients().stream().map(FeedbackNotice::shown).collect(Collectors.joining());
            case Complained it ->
                "A mail of yours, " + messageId + ",\r\nwas complained about by, or for, these addresses:\r\n"
                        + it.recipients().stream()
                                .map(address -> "\r\n    " + HeaderText.mailbox(address))
                                .collect(Collectors.joining())
                        + "\r\n";
            default -> throw new IllegalStateException("checked when made");
        };
    }

    private static String shown(BouncedRecipient recipient) {
        return "\r\n    " + HeaderText.mailbox(recipient.address()) + "\r\n"
                + recipient
                        .diagnosticCode()
                        .map(code -> "        " + HeaderText.utf8(code) + "\r\n")
                        .orElse("");
    }

    // RFC 3464 2.2, 2.3.
    private String status(Bounced bounce) {
        StringBuilder out = new StringBuilder();
        out.append(HeaderText.field(
                "Reporting-MTA", HeaderText.ascii(bounce.reportingMta().orElse("dns; " + reportingMta))));
        out.append(HeaderText.field("Arrival-Date", DATE.format(event.mail().acceptedAt())));
        for (BouncedRecipient recipient : bounce.recipients()) {
            out.append("\r\n");
            out.append(HeaderText.field("Final-Recipient", TypedAddress.of(recipient.address())));
            out.append(HeaderText.field(
                    "Action", HeaderText.ascii(recipient.action().orElse("failed"))));
            // RFC 3464 2.3.4: there must be one. 5.0.0 and 4.0.0 say no more than the type does.
            String unknown = bounce.kind().type().equals("Permanent") ? "5.0.0" : "4.0.0";
            out.append(HeaderText.field(
                    "Status", HeaderText.ascii(recipient.status().orElse(unknown))));
            recipient
                    .diagnosticCode()
                    .ifPresent(code -> out.append(HeaderText.field("Diagnostic-Code", HeaderText.ascii(code))));
        }
        return out.toString();
    }

    // RFC 5965 3.
    private String report(Complained complaint) {
        StringBuilder out = new StringBuilder();
        out.append(HeaderText.field(
                "Feedback-Type", HeaderText.ascii(complaint.feedbackType().orElse("abuse"))));
        out.append(HeaderText.field(
                "User-Agent", HeaderText.ascii(complaint.userAgent().orElse("Waypost"))));
        out.append(HeaderText.field("Version", "1"));
        complaint.arrivalDate().ifPresent(date -> out.append(HeaderText.field("Arrival-Date", DATE.format(date))));
        complaint
                .recipients()
                .forEach(address -> out.append(
                        HeaderText.field("Original-Rcpt-To", HeaderText.ascii(HeaderText.mailbox(address)))));
        return out.toString();
    }

    private String header() {
        StringBuilder out = new StringBuilder();
        for (Sending.Field field : event.mail().sending().map(Sending::headers).orElse(List.of())) {
            // RFC 5322 2.2: printable ASCII but no colon.
            String name = field.name();
            if (!name.isEmpty() && name.length() < 100 && name.chars().allMatch(c -> c > ' ' && c < 127 && c != ':')) {
                out.append(HeaderText.field(name, HeaderText.utf8(field.value())));
            }
            if (out.length() > LONGEST_HEADER) {
                break;
            }
        }
        return out.toString();
    }

    private String boundary(List<byte[]> parts) {
        for (int i = 1; ; i++) {
            String candidate = "=_waypost_" + name(i);
            if (parts.stream().noneMatch(part -> new String(part, StandardCharsets.ISO_8859_1).contains(candidate))) {
                return candidate;
            }
        }
    }

    private String name(int number) {
        return DeliveryStatusNotice.digest(event.key() + "#" + number);
    }

    private static void part(ByteArrayOutputStream out, String boundary, String type, byte[] bytes) {
        boolean plain = ReturnedPart.isClean(bytes);
        String head = "--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: "
                + (plain ? "7bit" : "quoted-printable") + "\r\n\r\n";
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(plain ? bytes : QuotedPrintable.encode(bytes));
        out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
