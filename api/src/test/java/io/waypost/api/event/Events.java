package io.waypost.api.event;

import io.waypost.api.Calls;
import io.waypost.message.Client;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Verdicts;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvent.BouncedRecipient;
import io.waypost.message.sending.MailEvent.DelayKind;
import io.waypost.message.sending.MailEvent.Preferences;
import io.waypost.message.sending.Sending;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One sent mail, and everything that can become of it. */
public final class Events {

    static final Instant SENT = Instant.parse("2026-01-31T12:34:56Z");
    static final Instant LATER = Instant.parse("2026-01-31T13:00:00Z");
    static final EmailAddress BOB = EmailAddress.of("bob@example.net");

    private Events() {}

    public static Mail mail(String operation) {
        Sending sending = new Sending(
                Calls.HERE,
                "News <news@example.com>",
                Optional.of("arn:aws:ses:us-east-1:123456789012:identity/example.com"),
                "AKIDEXAMPLE",
                Optional.of("198.51.100.7"),
                operation,
                Optional.of("main"),
                Map.of("campaign", "spring"),
                Optional.of(EmailAddress.of("feedback@example.com")),
                new Domain("example.com"),
                Sending.Conditions.NONE,
                List.of(
                        new Sending.Field("From", "News <news@example.com>"),
                        new Sending.Field("To", "bob@example.net"),
                        new Sending.Field("Subject", "=?utf-8?Q?Gr=C3=BC=C3=9Fe?=")),
                false);
        return new Mail(
                MessageId.nextSent(SENT, new Random(1)),
                Line.OUTBOUND,
                SENT,
                Envelope.of(ReversePath.NULL, List.of(BOB), Client.local("mx.example.com")),
                1,
                new Plan(new RuleSetVersion("outbound", 0), List.of(), Map.of()),
                Verdicts.NONE,
                Optional.of(sending));
    }

    static MailEvent of(String type) {
        Mail mail = mail("SendEmail");
        BouncedRecipient bob = new BouncedRecipient(
                BOB, Optional.of("failed"), Optional.of("5.1.1"), Optional.of("smtp; 550 5.1.1 user unknown"));
        return switch (type) {
            case "Send" -> new MailEvent.Sent("k", mail, LATER);
            case "Reject" -> new MailEvent.Rejected("k", mail, LATER, "Bad content");
            case "Delivery" ->
                new MailEvent.Delivered(
                        "k",
                        mail,
                        LATER,
                        Duration.ofMillis(1500),
                        List.of(BOB),
                        "250 2.6.0 Message received",
                        "out1.example.com",
                        Optional.of("192.0.2.40"),
                        Optional.of("192.0.2.1"));
            case "Bounce" -> bounce("k", mail, bob);
            case "Complaint" ->
                new MailEvent.Complained(
                        "k",
                        mail,
                        LATER,
                        List.of(BOB),
                        false,
                        Optional.of("Amazon SES Mailbox Simulator"),
                        Optional.of("abuse"),
                        Optional.of(SENT));
            case "Complaint, suppressed" ->
                new MailEvent.Complained(
                        "k", mail, LATER, List.of(BOB), true, Optional.empty(), Optional.empty(), Optional.empty());
            case "DeliveryDelay" ->
                new MailEvent.Delayed(
                        "k",
                        mail,
                        LATER,
                        DelayKind.TRANSIENT_COMMUNICATION_FAILURE,
                        Instant.parse("2026-02-01T02:40:00Z"),
                        List.of(new BouncedRecipient(
                                BOB,
                                Optional.empty(),
                                Optional.of("4.4.1"),
                                Optional.of("smtp; 421 4.4.1 Unable to connect to remote host"))),
                        Optional.empty());
            case "Open" -> new MailEvent.Opened("k", mail, LATER, "203.0.113.9", "Mozilla/5.0");
            case "Click" -> click(mail, Map.of("pos", List.of("top")));
            case "Click, no tags" -> click(mail, Map.of());
            case "Rendering Failure" ->
                new MailEvent.RenderingFailed(
                        "k", mail, LATER, "welcome", "Attribute 'name' is not present in the rendering data.");
            case "Subscription" ->
                new MailEvent.Subscribed(
                        "k",
                        mail,
                        LATER,
                        "all",
                        "UnsubscribeHeader",
                        new Preferences(true, Map.of("news", false)),
                        new Preferences(false, Map.of("news", true)));
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static MailEvent click(Mail mail, Map<String, List<String>> tags) {
        return new MailEvent.Clicked(
                "k", mail, LATER, "203.0.113.9", "Mozilla/5.0", URI.create("https://example.com/a"), tags);
    }

    static MailEvent bounce(String key, Mail mail, BouncedRecipient recipient) {
        return new MailEvent.Bounced(
                key,
                mail,
                LATER,
                MailEvent.BounceKind.PERMANENT_GENERAL,
                List.of(recipient),
                Optional.of("dns; out1.example.com"),
                Optional.of("192.0.2.40"));
    }
}
