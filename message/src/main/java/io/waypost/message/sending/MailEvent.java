package io.waypost.message.sending;

import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a mail that an application sent, or of one recipient of it (contract 3.2, 3.3).
 *
 * <p>Every event has a key that is the same when it is told again after a crash.
 */
public sealed interface MailEvent {

    /** Names the event: a second telling with the same key is a repeat. */
    String key();

    /** The mail; its {@link Mail#sending} is present. */
    Mail mail();

    Instant at();

    /** Accepted for delivery. */
    record Sent(String key, Mail mail, Instant at) implements MailEvent {}

    /** Accepted and then not sent, because of what is in it. */
    record Rejected(String key, Mail mail, Instant at, String reason) implements MailEvent {}

    /**
     * Taken by the recipient's server.
     *
     * @param took since acceptance
     * @param smtpResponse the reply to the final dot
     */
    record Delivered(
            String key,
            Mail mail,
            Instant at,
            Duration took,
            List<EmailAddress> recipients,
            String smtpResponse,
            String reportingMta,
            Optional<String> remoteMtaIp,
            Optional<String> outgoingIp)
            implements MailEvent {}

    /**
     * Refused for good, or temporarily until its time was over, or a transient bounce that is no refusal (an auto-reply).
     *
     * @param reportingMta {@code dns; host}, where there is a notice
     * @param remoteMtaIp where it was refused in the SMTP conversation
     */
    record Bounced(
            String key,
            Mail mail,
            Instant at,
            BounceKind kind,
            List<BouncedRecipient> recipients,
            Optional<String> reportingMta,
            Optional<String> remoteMtaIp)
            implements MailEvent {}

    /**
     * One recipient of a bounce.
     *
     * @param action such as {@code failed} (RFC 3464 2.3.3)
     * @param status such as {@code 5.1.1}
     * @param diagnosticCode such as {@code smtp; 550 5.1.1 user unknown}
     */
    record BouncedRecipient(
            EmailAddress address, Optional<String> action, Optional<String> status, Optional<String> diagnosticCode) {}

    /**
     * Its recipient complained (RFC 5965), or is on the account's suppression list for a complaint.
     *
     * @param suppressed complaintSubType is OnAccountSuppressionList
     */
    record Complained(
            String key,
            Mail mail,
            Instant at,
            List<EmailAddress> recipients,
            boolean suppressed,
            Optional<String> userAgent,
            Optional<String> feedbackType,
            Optional<Instant> arrivalDate)
            implements MailEvent {}

    /** Not delivered yet. */
    record Delayed(
            String key,
            Mail mail,
            Instant at,
            DelayKind kind,
            Instant expiresAt,
            List<BouncedRecipient> recipients,
            Optional<String> reportingMta)
            implements MailEvent {}

    /** Its picture was fetched. */
    record Opened(String key, Mail mail, Instant at, String ipAddress, String userAgent) implements MailEvent {}

    /** A link in it was followed. */
    record Clicked(
            String key,
            Mail mail,
            Instant at,
            String ipAddress,
            String userAgent,
            URI link,
            Map<String, List<String>> linkTags)
            implements MailEvent {}

    /** Its template could not be filled in: it was never sent. */
    record RenderingFailed(String key, Mail mail, Instant at, String templateName, String errorMessage)
            implements MailEvent {}

    /** Its recipient changed what he wants to get. */
    record Subscribed(
            String key,
            Mail mail,
            Instant at,
            String contactList,
            String source,
            Preferences newPreferences,
            Preferences oldPreferences)
            implements MailEvent {}

    /**
     * What a contact wants.
     *
     * @param topics true where it opted in
     */
    record Preferences(boolean unsubscribeAll, Map<String, Boolean> topics) {}

    /** SES' bounce types and subtypes (contract 3.2). */
    enum BounceKind {
        UNDETERMINED("Undetermined", "Undetermined"),
        PERMANENT_GENERAL("Permanent", "General"),
        PERMANENT_NO_EMAIL("Permanent", "NoEmail"),
        PERMANENT_SUPPRESSED("Permanent", "Suppressed"),
        PERMANENT_ON_ACCOUNT_SUPPRESSION_LIST("Permanent", "OnAccountSuppressionList"),
        TRANSIENT_GENERAL("Transient", "General"),
        TRANSIENT_MAILBOX_FULL("Transient", "MailboxFull"),
        TRANSIENT_MESSAGE_TOO_LARGE("Transient", "MessageTooLarge"),
        TRANSIENT_CONTENT_REJECTED("Transient", "ContentRejected"),
        TRANSIENT_ATTACHMENT_REJECTED("Transient", "AttachmentRejected");

        private final String type;
        private final String subType;

        BounceKind(String type, String subType) {
            this.type = type;
            this.subType = subType;
        }

        public String type() {
            return type;
        }

        public String subType() {
            return subType;
        }
    }

    /** SES' kinds of delay (contract 3.3). */
    enum DelayKind {
        INTERNAL_FAILURE("InternalFailure"),
        GENERAL("General"),
        MAILBOX_FULL("MailboxFull"),
        SPAM_DETECTED("SpamDetected"),
        RECIPIENT_SERVER_ERROR("RecipientServerError"),
        IP_FAILURE("IPFailure"),
        TRANSIENT_COMMUNICATION_FAILURE("TransientCommunicationFailure"),
        UNDETERMINED("Undetermined"),
        SENDING_DEFERRAL("SendingDeferral");

        private final String type;

        DelayKind(String type) {
            this.type = type;
        }

        public String type() {
            return type;
        }
    }
}
