package io.waypost.message.dsn;

import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope.DsnReturn;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.ReversePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A notice of non-delivery as a value: multipart/report with a text for people, a delivery status for programs, and what is
 * returned of the mail (RFC 3464, RFC 6522).
 *
 * <p>Composing the same notice twice gives the same bytes but for the date: Message-ID and boundary come from {@code name}.
 *
 * @param reportingMta this server's host name
 * @param author the From address
 * @param original the mail that could not be delivered; its reverse-path is not null
 * @param content its bytes
 * @param recipients whom it did not reach, at least one
 * @param name names this notice among all others
 * @param date when it is written
 * @param extras what an application says in it
 */
public record DeliveryStatusNotice(
        String reportingMta,
        EmailAddress author,
        Mail original,
        MessageContent content,
        List<FailedRecipient> recipients,
        String name,
        Instant date,
        NoticeExtras extras) {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

    public DeliveryStatusNotice {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a notice is about at least one recipient");
        }
        if (original.envelope().from() instanceof ReversePath.Null) {
            throw new IllegalArgumentException("a notice never goes to the null reverse-path (RFC 5321 4.5.5)");
        }
    }

    /** The complete message. At most about a megabyte, in memory. */
    public MessageContent compose() throws IOException {
        boolean full =
                original.envelope().dsnReturn().filter(DsnReturn.FULL::equals).isPresent();
        ReturnedPart returned = ReturnedPart.of(content, full);
        byte[] text = text().getBytes(StandardCharsets.UTF_8);
        boolean plain = ReturnedPart.isClean(text);
        byte[] shown = plain ? text : QuotedPrintable.encode(text);
        byte[] status = status().getBytes(StandardCharsets.US_ASCII);
        String boundary = boundary(List.of(shown, status, returned.bytes()));

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header(boundary).getBytes(StandardCharsets.UTF_8));
        part(out, boundary, "text/plain; charset=utf-8", plain ? "7bit" : "quoted-printable", shown);
        part(out, boundary, "message/delivery-status", "7bit", status);
        part(out, boundary, returned.type(), returned.encoding(), returned.bytes());
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return MessageContent.of(out.toByteArray());
    }

    private String header(String boundary) {
        String host = HeaderText.ascii(reportingMta);
        return HeaderText.field("From", "\"Mail Delivery System\" " + HeaderText.mailbox(author))
                + HeaderText.field("To", sender())
                + HeaderText.field("Subject", "Undelivered mail returned to sender")
                + HeaderText.field("Date", DATE.format(date))
                + HeaderText.field("Message-ID", "<" + digest(name) + ".dsn@" + host + ">")
                // RFC 3834 5: so that no responder answers this.
                + HeaderText.field("Auto-Submitted", "auto-replied")
                + HeaderText.field("MIME-Version", "1.0")
                + HeaderText.field(
                        "Content-Type", "multipart/report; report-type=delivery-status; boundary=\"" + boundary + "\"")
                + "\r\n"
                + "This is a delivery status notification in MIME format (RFC 3464).\r\n\r\n";
    }

    private String sender() {
        return switch (original.envelope().from()) {
            case ReversePath.Of of -> HeaderText.mailbox(of.address());
            case ReversePath.Null n -> throw new IllegalStateException("checked when made");
        };
    }

    private String text() {
        StringBuilder out = new StringBuilder("This is the mail server " + HeaderText.ascii(reportingMta) + ".\r\n\r\n"
                + extras.explanation()
                        .map(HeaderText::utf8)
                        .orElse(
                                "A mail of yours could not be delivered to the addresses below. It will not be tried again.")
                + "\r\n");
        for (FailedRecipient failed : recipients) {
            out.append("\r\n    ")
                    .append(HeaderText.mailbox(failed.recipient().address()))
                    .append("\r\n        ")
                    .append(failed.status())
                    .append(' ')
                    .append(HeaderText.utf8(failed.explanation()))
                    .append("\r\n");
        }
        return out.append("\r\nThe mail, or its header, is attached.\r\n").toString();
    }

    // RFC 3464 2.2 and 2.3: fields about the mail, then a group of fields for each recipient, each behind an empty
    // line.
    private String status() {
        StringBuilder out = new StringBuilder();
        original.envelope()
                .envelopeId()
                .ifPresent(id -> out.append(
                        HeaderText.field("Original-Envelope-Id", HeaderText.ascii(TypedAddress.decoded(id)))));
        out.append(HeaderText.field(
                "Reporting-MTA", HeaderText.ascii(extras.reportingMta().orElse("dns; " + reportingMta))));
        out.append(HeaderText.field(
                "Arrival-Date",
                HeaderText.ascii(extras.arrivalDate().orElseGet(() -> DATE.format(original.acceptedAt())))));
        extras.fields().forEach(field -> out.append(field.line()));
        for (int i = 0; i < recipients.size(); i++) {
            FailedRecipient failed = recipients.get(i);
            NoticeExtras.OfRecipient said = extras.of(i);
            out.append("\r\n");
            failed.recipient()
                    .originalRecipient()
                    .flatMap(TypedAddress::original)
                    .ifPresent(text -> out.append(HeaderText.field("Original-Recipient", text)));
            out.append(HeaderText.field(
                    "Final-Recipient",
                    said.finalRecipient()
                            .map(text -> HeaderText.ascii("rfc822; " + text))
                            .orElseGet(() -> TypedAddress.of(failed.recipient().address()))));
            out.append(HeaderText.field("Action", HeaderText.ascii(said.action().orElse("failed"))));
            out.append(HeaderText.field("Status", failed.status().toString()));
            failed.remoteMta()
                    .ifPresent(host -> out.append(HeaderText.field("Remote-MTA", "dns; " + HeaderText.ascii(host))));
            failed.diagnostic()
                    .ifPresent(
                            text -> out.append(HeaderText.field("Diagnostic-Code", "smtp; " + HeaderText.ascii(text))));
            out.append(HeaderText.field(
                    "Last-Attempt-Date", HeaderText.ascii(said.lastAttemptDate().orElseGet(() -> DATE.format(date)))));
            said.fields().forEach(field -> out.append(field.line()));
        }
        return out.toString();
    }

    // RFC 2046 5.1.1: the boundary must not occur in what it separates, whatever a sender put there.
    private String boundary(List<byte[]> parts) {
        for (int i = 0; ; i++) {
            String candidate = "=_waypost_" + digest(name + "#" + i);
            if (parts.stream().noneMatch(part -> new String(part, StandardCharsets.ISO_8859_1).contains(candidate))) {
                return candidate;
            }
        }
    }

    private static void part(ByteArrayOutputStream out, String boundary, String type, String encoding, byte[] bytes) {
        String head = "--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding
                + "\r\n\r\n";
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes);
        out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Names that come out the same for the same text. */
    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
