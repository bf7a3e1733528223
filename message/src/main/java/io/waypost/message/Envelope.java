package io.waypost.message;

import java.util.List;
import java.util.Optional;

/**
 * What the SMTP conversation said about a mail (RFC 5321 2.3.1), apart from the mail itself.
 *
 * @param from the reverse-path
 * @param to the accepted recipients in the order of their RCPT commands; none only for what is no mail (see {@link Line#TOPIC})
 * @param client who handed it over
 * @param body BODY=8BITMIME was given (RFC 6152), or BODY=BINARYMIME is never accepted
 * @param smtpUtf8 SMTPUTF8 was given (RFC 6531)
 * @param envelopeId ENVID of RFC 3461 4.4, as sent (xtext)
 * @param dsnReturn RET of RFC 3461 4.3
 */
public record Envelope(
        ReversePath from,
        List<Recipient> to,
        Client client,
        Body body,
        boolean smtpUtf8,
        Optional<String> envelopeId,
        Optional<DsnReturn> dsnReturn) {

    /** The BODY parameter (RFC 6152). */
    public enum Body {
        SEVEN_BIT,
        EIGHT_BIT_MIME
    }

    /** How much of the mail a DSN shall return (RFC 3461 4.3). */
    public enum DsnReturn {
        FULL,
        HDRS
    }

    public Envelope {
        to = List.copyOf(to);
    }

    /** The envelope of what Waypost says to itself: from nobody, to no mailbox. */
    public static Envelope none(Client client) {
        return of(ReversePath.NULL, List.of(), client);
    }

    /** A plain envelope without any extension parameter. */
    public static Envelope of(ReversePath from, List<EmailAddress> to, Client client) {
        return new Envelope(
                from,
                to.stream().map(Recipient::of).toList(),
                client,
                Body.EIGHT_BIT_MIME,
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** The recipients' addresses, in order. */
    public List<EmailAddress> addresses() {
        return to.stream().map(Recipient::address).toList();
    }
}
