package io.waypost.api.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.receiving.BounceOperation.Bounce;
import io.waypost.api.receiving.BounceOperation.BouncedRecipient;
import io.waypost.api.receiving.BounceOperation.ExtensionField;
import io.waypost.api.receiving.BounceOperation.MessageDsn;
import io.waypost.api.receiving.BounceOperation.RecipientDsn;
import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Scope;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.message.port.Submission;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** SendBounce, by SES contract 1.2 and 2.5. */
class BounceOperationTest {

    private static final MessageId ID = new MessageId("0a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t");
    private static final MessageId NOTICE = new MessageId("1a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t");

    private final Recording submission = new Recording();
    private Instant acceptedAt = Receipts.NOW.minus(Duration.ofHours(1));
    private String sender = "alice@sender.example";

    private static final class Recording implements Submission {
        String path = "";
        List<EmailAddress> to = List.of();
        String text = "";

        @Override
        public MessageId submit(
                ReversePath from, List<EmailAddress> recipients, MessageContent content, Optional<String> repeatKey)
                throws IOException {
            path = from.toString();
            to = recipients;
            try (InputStream in = content.open()) {
                text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\r\n[ \t]+", " ");
            }
            return NOTICE;
        }
    }

    private Optional<ReceivedMails.Received> find(Scope scope, MessageId id) {
        if (!scope.equals(Receipts.HOME) || !id.equals(ID)) {
            return Optional.empty();
        }
        Envelope envelope = Envelope.of(
                ReversePath.parse(sender), List.of(EmailAddress.of("help@example.com")), Client.local("mx"));
        return Optional.of(new ReceivedMails.Received(
                new Mail(
                        ID,
                        Line.INBOUND,
                        acceptedAt,
                        envelope,
                        10,
                        new Plan(new RuleSetVersion("s", 1), List.of(), Map.of())),
                MessageContent.of("Subject: hi\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII))));
    }

    private String send(Scope scope, Bounce input) throws ServiceException, IOException {
        Operations operations = new Operations.Builder()
                .add(new BounceOperation(
                        this::find,
                        new FailureNotices("mx.example.com", submission, Receipts.CLOCK),
                        new Receipts.Targets(),
                        Receipts.CLOCK))
                .build();
        @SuppressWarnings("unchecked")
        var bound = (Operations.Bound<Bounce, BounceOperation.Sent>)
                operations.find(new Operations.Name(Api.SES, "SendBounce")).orElseThrow();
        return bound.operation().answer(new Caller(scope, "AKIA", "r"), input).messageId();
    }

    private static Bounce bounce(String id, BouncedRecipient... recipients) {
        return new Bounce(id, "me@example.com", null, null, List.of(recipients));
    }

    private static BouncedRecipient ofType(String type) {
        return new BouncedRecipient("help@example.com", type, null);
    }

    private String refused(Bounce input) {
        ServiceException refused = catchThrowableOfType(ServiceException.class, () -> send(Receipts.HOME, input));
        assertThat(refused).isNotNull();
        return refused.error() + ": " + refused.words();
    }

    @Test
    void aTypeHasItsStatusAndTheSenderIsTold() throws Exception {
        assertThat(send(Receipts.HOME, bounce(ID.value(), ofType("ExceededQuota"))))
                .isEqualTo(NOTICE.value());
        assertThat(submission.path).isEmpty();
        assertThat(submission.to).containsExactly(EmailAddress.of("alice@sender.example"));
        assertThat(submission.text)
                .contains("From: \"Mail Delivery System\" <me@example.com>\r\n")
                .contains("Reporting-MTA: dns; mx.example.com\r\n")
                .contains("Final-Recipient: rfc822; help@example.com\r\nAction: failed\r\nStatus: 5.2.2\r\n")
                .contains("Subject: hi");
    }

    @Test
    void anApplicationWordsTheNotice() throws Exception {
        Instant before = Instant.parse("2026-11-25T10:00:00Z");
        send(
                Receipts.HOME,
                new Bounce(
                        ID.value(),
                        "me@example.com",
                        "The ticket is closed.\r\nX-Injected: yes",
                        new MessageDsn("dns; desk.example.com", before, List.of(new ExtensionField("X-Desk", "7"))),
                        List.of(new BouncedRecipient(
                                "help@example.com",
                                null,
                                new RecipientDsn(
                                        "queue@example.com",
                                        "delayed",
                                        "dns; inner.example.com",
                                        "4.2.1",
                                        "smtp; 450 closed",
                                        before,
                                        List.of(new ExtensionField("X-Ticket", "a\r\nb")))))));
        assertThat(submission.text)
                .contains(
                        "Reporting-MTA: dns; desk.example.com\r\nArrival-Date: Wed, 25 Nov 2026 10:00:00 +0000\r\nX-Desk: 7\r\n")
                .contains("Final-Recipient: rfc822; queue@example.com\r\nAction: delayed\r\nStatus: 4.2.1\r\n"
                        + "Remote-MTA: dns; inner.example.com\r\nDiagnostic-Code: smtp; 450 closed\r\n"
                        + "Last-Attempt-Date: Wed, 25 Nov 2026 10:00:00 +0000\r\nX-Ticket: a??b\r\n")
                .contains("The ticket is closed.??X-Injected: yes");
    }

    @Test
    void onlyOwnMailsOfTheLastDayAreBounced() {
        String words = "MessageRejected: Original message not found, or received more than 24 hours ago: ";
        assertThat(refused(bounce(NOTICE.value(), ofType("Undefined")))).isEqualTo(words + NOTICE);
        assertThat(refused(bounce("no id", ofType("Undefined")))).isEqualTo(words + "no id");
        acceptedAt = Receipts.NOW.minus(Duration.ofHours(24));
        assertThat(refused(bounce(ID.value(), ofType("Undefined")))).isEqualTo(words + ID);
        ServiceException other = catchThrowableOfType(
                ServiceException.class,
                () -> send(new Scope("210987654321", "us-east-1"), bounce(ID.value(), ofType("Undefined"))));
        assertThat(other.words()).endsWith(ID.value());
        assertThat(submission.text).isEmpty();
    }

    @Test
    void nobodyIsToldOfANotice() {
        sender = "";
        assertThat(refused(bounce(ID.value(), ofType("Undefined"))))
                .isEqualTo("MessageRejected: The original message has no sender who could be told");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(refused(bounce(ID.value(), ofType(null))))
                .isEqualTo(
                        "InvalidParameterValue: Either a bounce type or DSN fields must be specified for recipient: help@example.com");
        assertThat(refused(bounce(ID.value())))
                .isEqualTo("InvalidParameterValue: At least one bounced recipient must be specified");
        assertThat(refused(new Bounce(ID.value(), "bad@example.com", null, null, List.of(ofType("Undefined")))))
                .isEqualTo(
                        "MessageRejected: Email address is not verified. The following identities failed the check in region US-EAST-1: bad@example.com");
        assertThat(refused(bounce(
                        ID.value(),
                        new BouncedRecipient(
                                "help@example.com",
                                null,
                                new RecipientDsn(null, "failed", null, "six", null, null, null)))))
                .isEqualTo("InvalidParameterValue: Not a valid status: six");
    }
}
