package io.waypost.message.dsn;

import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Envelope.DsnReturn;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.Recipient;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mails that notices are written about. */
final class Originals {

    static final Instant ARRIVED = Instant.parse("2026-11-20T08:00:00Z");
    static final Instant NOW = Instant.parse("2026-11-23T09:30:05Z");
    static final MessageId ID = new MessageId("0".repeat(MessageId.LENGTH));
    static final String TEXT =
            "Received: from a by b; today\r\nFrom: Alice <alice@sender.example>\r\nSubject: Printer on fire\r\n"
                    + "\r\nIt burns.\r\n";

    private Originals() {}

    static Mail mail(ReversePath from, Optional<String> envelopeId, Optional<DsnReturn> dsnReturn, Recipient... to) {
        Envelope envelope = new Envelope(
                from,
                List.of(to),
                Client.local("sender.example"),
                Envelope.Body.EIGHT_BIT_MIME,
                false,
                envelopeId,
                dsnReturn);
        return new Mail(
                ID, Line.INBOUND, ARRIVED, envelope, 100, new Plan(new RuleSetVersion("r", 1), List.of(), Map.of()));
    }

    static Mail from(String sender, String... to) {
        Recipient[] recipients = List.of(to).stream()
                .map(text -> Recipient.of(EmailAddress.of(text)))
                .toArray(Recipient[]::new);
        return mail(ReversePath.parse(sender), Optional.empty(), Optional.empty(), recipients);
    }

    static MessageContent content(String text) {
        return MessageContent.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static DeliveryStatusNotice notice(Mail mail, MessageContent content, List<FailedRecipient> failed) {
        return new DeliveryStatusNotice(
                "mx.example.com",
                EmailAddress.of("mailer-daemon@mx.example.com"),
                mail,
                content,
                failed,
                "key/1",
                NOW,
                NoticeExtras.NONE);
    }
}
