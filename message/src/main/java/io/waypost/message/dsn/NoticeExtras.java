package io.waypost.message.dsn;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an application says in a notice beside, or in place of, what Waypost would say (SES' SendBounce).
 *
 * @param reportingMta in place of this server, {@code dns; host}
 * @param explanation in place of the sentence for people
 * @param arrivalDate in place of the moment of acceptance, a date of RFC 5322
 * @param fields more fields about the mail
 * @param recipients for each recipient of the notice, in its order; empty when there is nothing to say about any
 */
public record NoticeExtras(
        Optional<String> reportingMta,
        Optional<String> explanation,
        Optional<String> arrivalDate,
        List<Field> fields,
        List<OfRecipient> recipients) {

    /** Nothing. */
    public static final NoticeExtras NONE =
            new NoticeExtras(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,75}");

    /** An extension field (RFC 3464 2.2.7, 2.3.10). */
    public record Field(String name, String value) {

        /** @throws IllegalArgumentException when no field can have that name */
        public Field {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a field name: " + HeaderText.ascii(name));
            }
        }

        String line() {
            return HeaderText.field(name, HeaderText.ascii(value));
        }
    }

    /**
     * About one recipient.
     *
     * @param action a word of RFC 3464 2.3.3, {@code failed} unless said otherwise
     * @param finalRecipient in place of the envelope's address
     * @param lastAttemptDate in place of the notice's date, a date of RFC 5322
     * @param fields more fields
     */
    public record OfRecipient(
            Optional<String> action,
            Optional<String> finalRecipient,
            Optional<String> lastAttemptDate,
            List<Field> fields) {

        static final OfRecipient NONE =
                new OfRecipient(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

        public OfRecipient {
            fields = List.copyOf(fields);
        }
    }

    public NoticeExtras {
        fields = List.copyOf(fields);
        recipients = List.copyOf(recipients);
    }

    OfRecipient of(int recipient) {
        return recipient < recipients.size() ? recipients.get(recipient) : OfRecipient.NONE;
    }
}
