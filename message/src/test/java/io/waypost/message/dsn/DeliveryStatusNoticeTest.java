package io.waypost.message.dsn;

import static io.waypost.message.dsn.Originals.TEXT;
import static io.waypost.message.dsn.Originals.content;
import static io.waypost.message.dsn.Originals.from;
import static io.waypost.message.dsn.Originals.mail;
import static io.waypost.message.dsn.Originals.notice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope.DsnReturn;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.Recipient;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.StatusCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliveryStatusNoticeTest {

    private static final ReversePath ALICE = ReversePath.parse("alice@sender.example");

    private static FailedRecipient failed(Mail mail) {
        return FailedRecipient.refused(
                mail, mail.envelope().addresses().getFirst(), Reply.of(550, "5.1.1", "Mailbox does not exist"));
    }

    private static ParsedNotice about(Mail mail, MessageContent content) throws IOException {
        return ParsedNotice.of(notice(mail, content, List.of(failed(mail))).compose());
    }

    @Test
    void aNoticeIsAMultipartReportToTheSender() throws IOException {
        ParsedNotice parsed = about(from("alice@sender.example", "bob@example.com"), content(TEXT));

        assertThat(parsed.headerNames())
                .containsExactly(
                        "From",
                        "To",
                        "Subject",
                        "Date",
                        "Message-ID",
                        "Auto-Submitted",
                        "MIME-Version",
                        "Content-Type");
        assertThat(parsed.message().getFrom().getFirst().getAddress()).isEqualTo("mailer-daemon@mx.example.com");
        assertThat(parsed.message().getTo().flatten().getFirst().getAddress()).isEqualTo("alice@sender.example");
        assertThat(parsed.message().getSubject()).isEqualTo("Undelivered mail returned to sender");
        assertThat(parsed.message().getDate()).isEqualTo(java.util.Date.from(Originals.NOW));
        assertThat(parsed.message().getMessageId()).matches("<[0-9a-f]{32}\\.dsn@mx\\.example\\.com>");
        assertThat(parsed.message().getHeader().getField("Auto-Submitted").getBody())
                .isEqualTo("auto-replied");
        assertThat(parsed.message().getMimeType()).isEqualTo("multipart/report");
        assertThat(parsed.message().getHeader().getField("Content-Type").getBody())
                .contains("report-type=delivery-status");
        assertThat(parsed.parts())
                .extracting(part -> part.getMimeType())
                .containsExactly("text/plain", "message/delivery-status", "text/rfc822-headers");
    }

    @Test
    void theStatusNamesServerArrivalRecipientAndCodes() throws IOException {
        ParsedNotice parsed = about(from("alice@sender.example", "bob@example.com"), content(TEXT));

        assertThat(parsed.status())
                .containsExactly(
                        List.of("Reporting-MTA: dns; mx.example.com", "Arrival-Date: Fri, 20 Nov 2026 08:00:00 +0000"),
                        List.of(
                                "Final-Recipient: rfc822; bob@example.com",
                                "Action: failed",
                                "Status: 5.1.1",
                                "Diagnostic-Code: smtp; 550 5.1.1 Mailbox does not exist",
                                "Last-Attempt-Date: Mon, 23 Nov 2026 09:30:05 +0000"));
    }

    @Test
    void whatTheSenderAskedForIsThere() throws IOException {
        Recipient bob = new Recipient(
                EmailAddress.of("bob@example.com"),
                Set.of(Recipient.Notify.FAILURE),
                Optional.of("rfc822;bob+2Bsales@example.org"));
        Mail mail = mail(ALICE, Optional.of("ab+3Dc"), Optional.of(DsnReturn.HDRS), bob);

        ParsedNotice parsed = about(mail, content(TEXT));

        assertThat(parsed.status().getFirst()).startsWith("Original-Envelope-Id: ab=c");
        assertThat(parsed.status().get(1))
                .startsWith(
                        "Original-Recipient: rfc822; bob+sales@example.org",
                        "Final-Recipient: rfc822; bob@example.com");
    }

    @Test
    void everyRecipientHasAGroupOfItsOwnAndTheRemoteServerIsNamed() throws IOException {
        Mail mail = from("alice@sender.example", "bob@example.com", "carol@example.net");
        FailedRecipient carol = new FailedRecipient(
                FailedRecipient.recipient(mail, EmailAddress.of("carol@example.net")),
                new StatusCode(5, 2, 2),
                "the receiving server refused the recipient",
                Optional.of("mx.example.net"),
                Optional.of("552 5.2.2 full"));

        ParsedNotice parsed = ParsedNotice.of(
                notice(mail, content(TEXT), List.of(failed(mail), carol)).compose());

        assertThat(parsed.status()).hasSize(3);
        assertThat(parsed.status().get(2))
                .contains("Remote-MTA: dns; mx.example.net", "Diagnostic-Code: smtp; 552 5.2.2 full");
        assertThat(parsed.text(0))
                .contains(
                        "<bob@example.com>",
                        "5.1.1 Mailbox does not exist",
                        "<carol@example.net>",
                        "5.2.2 the receiving");
    }

    @Test
    void theHeaderComesBackByDefault() throws IOException {
        ParsedNotice parsed = about(from("alice@sender.example", "bob@example.com"), content(TEXT));

        // The line end in front of a boundary belongs to the boundary (RFC 2046 5.1.1).
        assertThat(parsed.text(2)).isEqualTo(TEXT.substring(0, TEXT.indexOf("\r\n\r\n") + 2));
    }

    @Test
    void theWholeMailComesBackWhenAskedFor() throws IOException {
        Mail mail = mail(
                ALICE, Optional.empty(), Optional.of(DsnReturn.FULL), Recipient.of(EmailAddress.of("bob@example.com")));

        ParsedNotice parsed = about(mail, content(TEXT));

        assertThat(parsed.parts().get(2).getMimeType()).isEqualTo("message/rfc822");
        assertThat(parsed.text(2)).isEqualTo(TEXT);
    }

    @Test
    void aMailThatIsTooLargeOrNotSevenBitComesBackAsHeaderOnly() throws IOException {
        Mail mail = mail(
                ALICE, Optional.empty(), Optional.of(DsnReturn.FULL), Recipient.of(EmailAddress.of("bob@example.com")));
        String large = TEXT + "x\r\n".repeat(ReturnedPart.FULL_LIMIT / 3);

        assertThat(about(mail, content(large)).parts().get(2).getMimeType()).isEqualTo("text/rfc822-headers");
        assertThat(about(mail, content(TEXT + "gr\u00fcn\r\n")).parts().get(2).getMimeType())
                .isEqualTo("text/rfc822-headers");
    }

    @Test
    void anEightBitHeaderComesBackEncodedAndUnchanged() throws IOException {
        String header = "Subject: Gr\u00fc\u00dfe = aus  \r\nX-Long: " + "y".repeat(2000) + "\r\n";

        ParsedNotice parsed = about(from("alice@sender.example", "bob@example.com"), content(header + "\r\nbody\r\n"));

        assertThat(parsed.parts().get(2).getContentTransferEncoding()).isEqualTo("quoted-printable");
        assertThat(parsed.text(2)).isEqualTo(header);
        assertThat(ReturnedPart.isClean(parsed.bytes())).isTrue();
    }

    @Test
    void anEndlessHeaderIsCutBehindAWholeLine() throws IOException {
        String header = "X-Filler: 0123456789\r\n".repeat(5000);

        ParsedNotice parsed = about(from("alice@sender.example", "bob@example.com"), content(header));

        assertThat(parsed.decoded(2)).hasSizeLessThanOrEqualTo(ReturnedPart.HEADER_LIMIT);
        assertThat(parsed.text(2)).endsWith("0123456789\r\n");
    }

    @Test
    void internationalAddressesAreEscapedInTheStatusAndWrittenOutInTheHeader() throws IOException {
        Mail mail = from("j\u00f6rg@sender.example", "pel\u00e9+x@b\u00fccher.example");

        ParsedNotice parsed = about(mail, content(TEXT));

        assertThat(parsed.status().get(1))
                .startsWith("Final-Recipient: utf-8; pel\\x{E9}\\x{2B}x@b\\x{FC}cher.example");
        assertThat(new String(parsed.bytes(), StandardCharsets.UTF_8)).contains("To: <j\u00f6rg@sender.example>\r\n");
        assertThat(parsed.text(0)).contains("<pel\u00e9+x@b\u00fccher.example>");
    }

    @Test
    void nothingFromOutsideBecomesAField() throws IOException {
        String attack = "x\r\nBcc: victim@example.com\r\n\r\n--b";
        Recipient bob = new Recipient(
                new EmailAddress("bob" + attack, new Domain("example.com" + attack)),
                Set.of(),
                Optional.of("rfc822;a+0D+0AAction: delivered" + attack));
        Mail mail = mail(
                new ReversePath.Of(new EmailAddress("alice>" + attack, new Domain("e>" + attack))),
                Optional.of("id+0D+0AX: y" + attack),
                Optional.empty(),
                bob);
        FailedRecipient failed = new FailedRecipient(
                bob,
                new StatusCode(5, 0, 0),
                "no" + attack,
                Optional.of("host" + attack),
                Optional.of("550 " + attack));

        ParsedNotice parsed =
                ParsedNotice.of(notice(mail, content(TEXT), List.of(failed)).compose());

        assertThat(parsed.headerNames()).doesNotContain("Bcc").hasSize(8);
        assertThat(parsed.parts()).hasSize(3);
        assertThat(parsed.status()).hasSize(2);
        assertThat(parsed.status().get(1)).hasSize(7).contains("Action: failed").doesNotContain("Action: delivered");
    }

    @Test
    void aBoundaryThatStandsInTheMailIsNotUsed() throws IOException {
        Mail mail = from("alice@sender.example", "bob@example.com");
        String first = boundary(about(mail, content(TEXT)));

        ParsedNotice parsed = about(mail, content("X: --" + first + "\r\n--" + first + "--\r\n" + TEXT));

        assertThat(boundary(parsed)).isNotEqualTo(first);
        assertThat(parsed.parts()).hasSize(3);
    }

    private static String boundary(ParsedNotice parsed) {
        String type = parsed.message().getHeader().getField("Content-Type").getBody();
        return type.replaceAll("(?s).*boundary=\"([^\"]*)\".*", "$1");
    }

    @Test
    void composingTwiceGivesTheSameBytes() throws IOException {
        Mail mail = from("alice@sender.example", "bob@example.com");

        assertThat(about(mail, content(TEXT)).bytes())
                .isEqualTo(about(mail, content(TEXT)).bytes());
    }

    @Test
    void theNullPathIsNeverAnswered() {
        Mail mail = from("", "bob@example.com");

        assertThatIllegalArgumentException().isThrownBy(() -> notice(mail, content(TEXT), List.of(failed(mail))));
    }
}
