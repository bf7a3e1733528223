package io.waypost.outbound;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.StatusCode;
import io.waypost.message.sending.MailEvent.BounceKind;
import java.util.Locale;
import java.util.Optional;

/**
 * The mailbox simulator (contract 4.6): addresses at which nothing is delivered and everything is told, without any network. Mail to
 * them counts in no quota and no rate, and brings no address onto the suppression list. Pure.
 */
public final class Simulator {

    /** Where all of them are. */
    public static final Domain DOMAIN = new Domain("simulator.amazonses.com");

    /** What happens to a mail. */
    public sealed interface Effect {

        /** It is delivered, with this reply to the final dot. */
        record Delivered(String smtpResponse) implements Effect {}

        /** It is refused for good. */
        record Bounced(BounceKind kind, StatusCode status, String diagnosticCode) implements Effect {}

        /** It is delivered, and its recipient complains. */
        record Complained(String smtpResponse, String feedbackType, String userAgent) implements Effect {}

        /** It is delivered, and a responder answers: a transient bounce without details. */
        record AutoReplied(String smtpResponse) implements Effect {}
    }

    private static final String TAKEN = "250 2.6.0 Message received";
    private static final StatusCode UNKNOWN = new StatusCode(5, 1, 1);

    private Simulator() {}

    /** Whether the simulator has this address, and so no server is asked. */
    public static boolean has(EmailAddress address) {
        return address.domain().equals(DOMAIN);
    }

    /** What happens at this address, with a label ({@code bounce+x@}) or without; nothing for any other address. */
    public static Optional<Effect> at(EmailAddress address) {
        if (!has(address)) {
            return Optional.empty();
        }
        String local = address.localPart().toLowerCase(Locale.ROOT);
        int plus = local.indexOf('+');
        return Optional.of(
                switch (plus < 0 ? local : local.substring(0, plus)) {
                    case "success" -> new Effect.Delivered(TAKEN);
                    case "complaint" -> new Effect.Complained(TAKEN, "abuse", "Amazon SES Mailbox Simulator");
                    case "ooto" -> new Effect.AutoReplied(TAKEN);
                    case "suppressionlist" ->
                        refused("smtp; 550 5.1.1 this blacklisted address is on the suppression list of the simulator");
                    case "bounce" -> refused("smtp; 550 5.1.1 user unknown");
                    default -> refused("smtp; 550 5.1.1 no such address at the mailbox simulator");
                });
    }

    private static Effect refused(String diagnosticCode) {
        return new Effect.Bounced(BounceKind.PERMANENT_GENERAL, UNKNOWN, diagnosticCode);
    }
}
