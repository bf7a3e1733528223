package io.waypost.message.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope.DsnReturn;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.Recipient;
import io.waypost.message.ReversePath;
import io.waypost.message.StatusCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;

/** Whatever somebody puts into a mail and its envelope, the notice about it is well-formed. */
class DeliveryStatusNoticePropertiesTest {

    private static final List<String> STATUS_FIELDS = List.of(
            "Original-Envelope-Id",
            "Reporting-MTA",
            "Arrival-Date",
            "Original-Recipient",
            "Final-Recipient",
            "Action",
            "Status",
            "Remote-MTA",
            "Diagnostic-Code",
            "Last-Attempt-Date");

    /** Bytes that hurt: line ends in all forms, boundaries, colons, 8-bit, NUL. */
    @Provide
    Arbitrary<byte[]> originals() {
        Arbitrary<String> bits = Arbitraries.of(
                "\r\n",
                "\n",
                "\r",
                "\r\n\r\n",
                "--=_waypost_",
                "--",
                ":",
                "Subject: x",
                " ",
                "\t",
                "\u00e9",
                "\0",
                "=",
                ".",
                "Content-Type: multipart/mixed; boundary=b",
                "From: <>");
        return Arbitraries.oneOf(bits, Arbitraries.strings().ofMaxLength(40), Arbitraries.of("z".repeat(1200)))
                .list()
                .ofMaxSize(60)
                .map(list -> String.join("", list).getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 500)
    void aNoticeIsAlwaysWellFormed(
            @ForAll("originals") byte[] original,
            @ForAll @NotEmpty String localPart,
            @ForAll @NotEmpty String domain,
            @ForAll String explanation,
            @ForAll String orcpt,
            @ForAll String envelopeId,
            @ForAll DsnReturn amount)
            throws IOException {
        Recipient recipient = new Recipient(
                new EmailAddress(localPart, new Domain(domain)), Set.of(), Optional.of("rfc822;" + orcpt));
        Mail mail = Originals.mail(
                ReversePath.parse("alice@sender.example"), Optional.of(envelopeId), Optional.of(amount), recipient);
        FailedRecipient failed = new FailedRecipient(
                recipient, new StatusCode(5, 0, 0), explanation, Optional.of(domain), Optional.of(explanation));

        MessageContent notice = Originals.notice(mail, MessageContent.of(original), List.of(failed))
                .compose();

        ParsedNotice parsed = ParsedNotice.of(notice);
        assertThat(ReturnedPart.isClean(parsed.bytes()))
                .as("7-bit, CRLF, short lines")
                .isTrue();
        assertThat(parsed.headerNames()).hasSize(8);
        assertThat(parsed.parts()).hasSize(3);
        assertThat(parsed.status()).hasSize(2);
        parsed.status().forEach(group -> assertThat(group)
                .allSatisfy(field -> assertThat(field.split(":", 2)[0]).isIn(STATUS_FIELDS)));
        assertThat(parsed.status().get(1)).contains("Action: failed", "Status: 5.0.0");
    }

    @Property(tries = 300)
    void anySenderGivesExactlyOneToField(@ForAll @NotEmpty String localPart, @ForAll @NotEmpty String domain)
            throws IOException {
        Mail mail = Originals.mail(
                ReversePath.of(new EmailAddress(localPart, new Domain(domain))),
                Optional.empty(),
                Optional.empty(),
                Recipient.of(EmailAddress.of("bob@example.com")));
        FailedRecipient failed = new FailedRecipient(
                Recipient.of(EmailAddress.of("bob@example.com")),
                new StatusCode(5, 0, 0),
                "no",
                Optional.empty(),
                Optional.empty());

        ParsedNotice parsed = ParsedNotice.of(Originals.notice(mail, Originals.content(Originals.TEXT), List.of(failed))
                .compose());

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
        assertThat(parsed.parts()).hasSize(3);
    }
}
