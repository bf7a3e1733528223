package io.waypost.outbound.smtp;

import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Recipient;
import io.waypost.message.ReversePath;
import io.waypost.message.host.PublicAddresses;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;

/**
 * One mail for one recipient, to be handed to one host.
 *
 * @param envelope the envelope the mail was submitted with: BODY, SMTPUTF8, ENVID and RET are passed on
 * @param from the reverse-path to say
 * @param recipient whom it is for; NOTIFY and ORCPT are passed on
 * @param content the bytes, lines ended by CRLF
 * @param fieldsOnTop header fields for the copy that goes out, by the address that the world sees it come from; complete lines
 * @param seenAs that address, where it is another than the connection's own
 */
public record Delivery(
        Envelope envelope,
        ReversePath from,
        Recipient recipient,
        MessageContent content,
        Function<InetAddress, byte[]> fieldsOnTop,
        Optional<InetAddress> seenAs) {

    private static final byte[] NO_FIELDS = {};

    /** One that goes out as it is. */
    public Delivery(Envelope envelope, ReversePath from, Recipient recipient, MessageContent content) {
        this(envelope, from, recipient, content, address -> NO_FIELDS, Optional.empty());
    }

    /** The same with fields of the copy that goes out. */
    public Delivery withFieldsOnTop(Function<InetAddress, byte[]> fields) {
        return new Delivery(envelope, from, recipient, content, fields, seenAs);
    }

    /** The same, seen by the world as coming from there. */
    public Delivery seenAs(InetAddress address) {
        return new Delivery(envelope, from, recipient, content, fieldsOnTop, Optional.of(address));
    }

    /** As it goes over a connection from a local address; one of a private network is nobody's business outside. */
    Delivery over(InetAddress local) {
        return seenAs.or(() -> Optional.of(local).filter(PublicAddresses::isPublic))
                .map(address ->
                        new Delivery(envelope, from, recipient, content.withFieldsOnTop(fieldsOnTop.apply(address))))
                .orElse(this);
    }
}
