package io.waypost.outbound.smtp;

import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Recipient;
import io.waypost.message.ReversePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Mails for the client to deliver. */
final class Deliveries {

    static final String TEXT = "From: a@sender.example\r\nSubject: x\r\n\r\nHello\r\n";

    private Deliveries() {}

    static Delivery of(String from, String to, String content) {
        return to(
                envelope(ReversePath.parse(from), Recipient.of(EmailAddress.of(to)), false),
                Recipient.of(EmailAddress.of(to)),
                MessageContent.of(content.getBytes(StandardCharsets.UTF_8)));
    }

    static Delivery to(Envelope envelope, Recipient recipient, MessageContent content) {
        return new Delivery(envelope, envelope.from(), recipient, content);
    }

    static Delivery plain() {
        return of("a@sender.example", "b@example.com", TEXT);
    }

    static Envelope envelope(ReversePath from, Recipient to, boolean smtpUtf8) {
        return new Envelope(
                from,
                List.of(to),
                Client.local("mx.example.com"),
                Envelope.Body.EIGHT_BIT_MIME,
                smtpUtf8,
                Optional.empty(),
                Optional.empty());
    }
}
