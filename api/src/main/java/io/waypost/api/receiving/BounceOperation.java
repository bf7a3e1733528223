package io.waypost.api.receiving;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.MessageId;
import io.waypost.message.StatusCode;
import io.waypost.message.dsn.FailedRecipient;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.message.dsn.NoticeExtras;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SendBounce: an application tells the sender of a received mail that it was not taken (SES contract 2.5). */
public final class BounceOperation implements Operations.Family {

    /** How long after its receipt a mail can be bounced. */
    private static final Duration WINDOW = Duration.ofHours(24);

    private static final Map<String, StatusCode> STATUS = Map.of(
            "DoesNotExist", new StatusCode(5, 1, 1),
            "MessageTooLarge", new StatusCode(5, 3, 4),
            "ExceededQuota", new StatusCode(5, 2, 2),
            "ContentRejected", new StatusCode(5, 6, 1),
            "Undefined", new StatusCode(5, 0, 0),
            "TemporaryFailure", new StatusCode(4, 0, 0));

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

    private final ReceivedMails mails;
    private final FailureNotices notices;
    private final ReceiptTargets targets;
    private final Clock clock;

    public BounceOperation(ReceivedMails mails, FailureNotices notices, ReceiptTargets targets, Clock clock) {
        this.mails = mails;
        this.notices = notices;
        this.targets = targets;
        this.clock = clock;
    }

    /** SendBounceRequest. */
    public record Bounce(
            String originalMessageId,
            String bounceSender,
            @Nullable String explanation,
            @Nullable MessageDsn messageDsn,
            List<BouncedRecipient> bouncedRecipientInfoList) {}

    /** SES' MessageDsn. */
    public record MessageDsn(
            String reportingMta,
            @Nullable Instant arrivalDate,
            @Nullable List<ExtensionField> extensionFields) {}

    /** SES' ExtensionField. */
    public record ExtensionField(String name, String value) {}

    /** SES' BouncedRecipientInfo. */
    public record BouncedRecipient(
            String recipient,
            @Nullable String bounceType,
            @Nullable RecipientDsn recipientDsnFields) {}

    /** SES' RecipientDsnFields. */
    public record RecipientDsn(
            @Nullable String finalRecipient,
            String action,
            @Nullable String remoteMta,
            String status,
            @Nullable String diagnosticCode,
            @Nullable Instant lastAttemptDate,
            @Nullable List<ExtensionField> extensionFields) {}

    /** SendBounceResponse. */
    public record Sent(String messageId) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations.add(Api.SES, "SendBounce", Bounce.class, Sent.class, this::send);
    }

    private Sent send(Caller caller, Bounce input) throws ServiceException, IOException {
        if (!targets.isVerified(caller.scope(), input.bounceSender)) {
            throw rejected("Email address is not verified. The following identities failed the check in region "
                    + caller.scope().region().toUpperCase(Locale.ROOT) + ": " + input.bounceSender);
        }
        if (input.bouncedRecipientInfoList.isEmpty()) {
            throw ServiceException.invalidParameter("At least one bounced recipient must be specified");
        }
        ReceivedMails.Received received = received(caller, input.originalMessageId);
        List<FailedRecipient> recipients = new ArrayList<>();
        List<NoticeExtras.OfRecipient> said = new ArrayList<>();
        for (BouncedRecipient recipient : input.bouncedRecipientInfoList) {
            recipients.add(failed(received.mail(), recipient, input.explanation));
            said.add(extras(recipient));
        }
        FailureNotices.Result result = notices.send(
                received.mail(),
                received.content(),
                recipients,
                Optional.of(address(input.bounceSender)),
                "SendBounce/" + caller.requestId(),
                extras(input, said));
        return switch (result) {
            case FailureNotices.Result.Sent sent -> new Sent(sent.notice().value());
            case FailureNotices.Result.NullReversePath none ->
                throw rejected("The original message has no sender who could be told");
            case FailureNotices.Result.NotBelievable check ->
                throw rejected("The original message's return path is not believable: " + check.check() + " failed");
            case FailureNotices.Result.NotWanted none -> throw rejected("The sender asked for no notice");
        };
    }

    private ReceivedMails.Received received(Caller caller, String id) throws ServiceException, IOException {
        if (MessageId.isValid(id)) {
            Optional<ReceivedMails.Received> found = mails.find(caller.scope(), new MessageId(id));
            if (found.isPresent()
                    && found.get().mail().acceptedAt().plus(WINDOW).isAfter(clock.instant())) {
                return found.get();
            }
        }
        throw rejected("Original message not found, or received more than 24 hours ago: " + id);
    }

    private static FailedRecipient failed(Mail mail, BouncedRecipient info, @Nullable String explanation)
            throws ServiceException {
        EmailAddress address = address(info.recipient);
        RecipientDsn fields = info.recipientDsnFields;
        if (fields == null) {
            if (info.bounceType == null) {
                throw ServiceException.invalidParameter(
                        "Either a bounce type or DSN fields must be specified for recipient: " + info.recipient);
            }
            StatusCode status = STATUS.getOrDefault(info.bounceType, new StatusCode(5, 0, 0));
            return new FailedRecipient(
                    FailedRecipient.recipient(mail, address),
                    status,
                    explanation == null ? "The recipient did not take it" : explanation,
                    Optional.empty(),
                    Optional.empty());
        }
        StatusCode status;
        try {
            status = StatusCode.of(fields.status);
        } catch (IllegalArgumentException e) {
            throw ServiceException.invalidParameter("Not a valid status: " + fields.status);
        }
        return new FailedRecipient(
                FailedRecipient.recipient(mail, address),
                status,
                explanation == null ? "The recipient did not take it" : explanation,
                Optional.ofNullable(fields.remoteMta).map(text -> behind("dns;", text)),
                Optional.ofNullable(fields.diagnosticCode).map(text -> behind("smtp;", text)));
    }

    private static String behind(String prefix, String text) {
        return text.startsWith(prefix) ? text.substring(prefix.length()).strip() : text;
    }

    private static NoticeExtras extras(Bounce input, List<NoticeExtras.OfRecipient> recipients)
            throws ServiceException {
        MessageDsn dsn = input.messageDsn;
        return new NoticeExtras(
                Optional.ofNullable(dsn).map(MessageDsn::reportingMta),
                Optional.ofNullable(input.explanation),
                Optional.ofNullable(dsn == null ? null : dsn.arrivalDate).map(DATE::format),
                fields(dsn == null ? null : dsn.extensionFields),
                recipients);
    }

    private static NoticeExtras.OfRecipient extras(BouncedRecipient info) throws ServiceException {
        RecipientDsn fields = info.recipientDsnFields;
        return fields == null
                ? new NoticeExtras.OfRecipient(Optional.empty(), Optional.empty(), Optional.empty(), List.of())
                : new NoticeExtras.OfRecipient(
                        Optional.of(fields.action),
                        Optional.ofNullable(fields.finalRecipient),
                        Optional.ofNullable(fields.lastAttemptDate).map(DATE::format),
                        fields(fields.extensionFields));
    }

    private static List<NoticeExtras.Field> fields(@Nullable List<ExtensionField> given) throws ServiceException {
        List<NoticeExtras.Field> fields = new ArrayList<>();
        for (ExtensionField field : given == null ? List.<ExtensionField>of() : given) {
            try {
                fields.add(new NoticeExtras.Field(field.name, field.value));
            } catch (IllegalArgumentException e) {
                throw ServiceException.invalidParameter("Not a valid extension field: " + field.name);
            }
        }
        return fields;
    }

    private static EmailAddress address(String text) throws ServiceException {
        try {
            return EmailAddress.of(text);
        } catch (IllegalArgumentException e) {
            throw ServiceException.invalidParameter("Invalid email address<" + text + ">.");
        }
    }

    private static ServiceException rejected(String why) {
        return new ServiceException("MessageRejected", why);
    }
}
