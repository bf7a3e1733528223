package io.waypost.outbound.feedback;

import io.waypost.message.EmailAddress;
import io.waypost.message.StatusCode;
import io.waypost.message.mime.MailHeader;
import io.waypost.message.sending.MailEvent.BounceKind;
import io.waypost.message.sending.MailEvent.BouncedRecipient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a received message says about one that was sent. All of it is a stranger's claim: whose mail it is about, only a signed return
 * path tells.
 */
public sealed interface Feedback {

    /**
     * Some recipients were not reached, for good (RFC 3464 2.3.3: {@code failed}).
     *
     * @param recipients as far as they are named; may be empty, then those of the mail
     * @param reportingMta {@code dns; host}
     * @param arrivalDate when that server got the mail
     */
    record Bounce(List<Reported> recipients, Optional<String> reportingMta, Optional<Instant> arrivalDate)
            implements Feedback {
        public Bounce {
            recipients = List.copyOf(recipients);
        }

        /** SES' kind for all of it: the most final one of any recipient. */
        public BounceKind kind() {
            return recipients.stream()
                    .map(recipient -> Classification.bounce(recipient.said()))
                    .reduce((one, other) -> other.type().equals("Permanent") ? other : one)
                    .orElse(BounceKind.UNDETERMINED);
        }
    }

    /** Some recipients are not reached yet ({@code delayed}). */
    record Delay(List<Reported> recipients, Optional<String> reportingMta, Optional<Instant> arrivalDate)
            implements Feedback {
        public Delay {
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * A recipient complained, or said that it is no spam (RFC 5965).
     *
     * @param recipients as far as they are named; most providers leave them out
     * @param feedbackType lower case, such as {@code abuse}
     * @param original the header of the mail that it is about, as far as it is there
     */
    record Complaint(
            List<EmailAddress> recipients,
            String feedbackType,
            Optional<String> userAgent,
            Optional<Instant> arrivalDate,
            MailHeader original)
            implements Feedback {
        public Complaint {
            recipients = List.copyOf(recipients);
        }
    }

    /** A responder answered (RFC 3834): the recipient is away, or a machine. To SES a transient bounce without details. */
    record AutoReply() implements Feedback {}

    /** None of these: a mail from somebody, or a notice of success. */
    record Nothing() implements Feedback {}

    /**
     * One recipient of a notice.
     *
     * @param address the one the mail was sent to, where it is an address: Original-Recipient, or else Final-Recipient
     * @param action such as {@code failed}, lower case
     * @param status as written
     * @param diagnosticCode as written, such as {@code smtp; 550 5.1.1 user unknown}
     * @param remoteMta {@code dns; host}
     */
    record Reported(
            Optional<EmailAddress> address,
            String action,
            Optional<StatusCode> status,
            Optional<String> diagnosticCode,
            Optional<String> remoteMta) {

        public Said said() {
            return Said.of(diagnosticCode.orElse("")).orStatus(status);
        }

        /** As an event tells it; nothing where no address is named. */
        public Optional<BouncedRecipient> told() {
            return address.map(it -> told(it));
        }

        /** The same for a recipient that is known otherwise. */
        public BouncedRecipient told(EmailAddress recipient) {
            return new BouncedRecipient(
                    recipient, Optional.of(action), status.map(StatusCode::toString), diagnosticCode);
        }
    }
}
